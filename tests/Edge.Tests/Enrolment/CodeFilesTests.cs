using Microsoft.Extensions.Logging.Abstractions;
using ThreeOneOne.Field.Agent.Enrolment;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Edge.Tests.Enrolment;

/// <summary>Codes in files, some of which the agent may not remove.</summary>
public sealed class CodeFilesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Used_codes_are_not_tried_again_where_two_files_of_them_stay()
    {
        string[] files = [folder["card.code"], folder["etc.code"]];
        string[] texts = [Code(1), Code(2)];
        void Lay() => files.Zip(texts).ToList().ForEach(f => File.WriteAllText(f.First, f.Second));
        Lay();
        for (var i = 0; i < files.Length; i++)
        {
            Assert.True(Open(files).TryFind(out _, out var file));
            Assert.Equal(files[i], file);
            Open(files).Done(file);
            // As on a card that is mounted for reading: the files stay.
            Lay();
        }

        Assert.False(Open(files).TryFind(out _, out _));
        texts[0] = Code(3);
        Lay();
        Assert.True(Open(files).TryFind(out var newer, out _));
        Assert.Equal(Code(3), newer.Format());
    }

    [Fact]
    public void What_is_remembered_does_not_grow_for_ever()
    {
        var file = folder["enrol.code"];
        for (byte i = 0; i < 40; i++)
        {
            File.WriteAllText(file, Code(i));
            Open([file]).Done(file);
        }

        Assert.InRange(new FileInfo(Path.Combine(folder["identity"], "codes.done")).Length, 64, 2_048);
        File.WriteAllText(file, Code(39));
        Assert.False(Open([file]).TryFind(out _, out _));
    }

    private static string Code(byte secret) =>
        new EnrolmentCode("127.0.0.1", 5312, new byte[EnrolmentCode.FingerprintBytes], Enumerable.Repeat(secret, EnrolmentCode.SecretBytes).ToArray()).Format();

    private CodeFiles Open(string[] files) => new(new EnrolmentOptions { CodeFiles = files }, new IdentityFolder(folder["identity"]), NullLogger.Instance);
}
