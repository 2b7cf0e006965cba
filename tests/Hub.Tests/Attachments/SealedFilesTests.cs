using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using ThreeOneOne.Field.Hub.Attachments;
using ThreeOneOne.Field.Hub.Tests.Sites;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.Attachments;

public sealed class SealedFilesTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("field-key-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task What_is_received_with_a_key_is_unreadable_on_the_disk_and_read_with_the_key_only()
    {
        var options = new AttachmentsOptions { KeyFile = Key() };
        await using var hub = new DomainHub(services => services.AddAttachments(options).AddSingleton<TakePiece>());
        var files = hub.Get<AttachmentFiles>();
        byte[] photo = [0xFF, 0xD8, 0xFF, .. Enumerable.Range(0, 150_000).Select(i => (byte)(i * 7))];
        var use = new AttachmentUse("truck-1", "a1", Convert.ToHexStringLower(SHA256.HashData(photo)), AttachmentType.Jpeg, photo.Length, null);
        files.Append(use, 0, photo);
        Assert.Null(files.Finish(use));
        Assert.True(files.IsWhole(use));
        var stored = Assert.Single(Directory.GetFiles(Path.GetDirectoryName(files.PathOf(use.Sha256))!));
        Assert.True((await File.ReadAllBytesAsync(stored)).AsSpan().IndexOf(photo.AsSpan(0, 64)) < 0);
        Assert.Equal(photo, await ReadAsync(files, use.Sha256));

        await using var without = new DomainHub(services => services.AddAttachments(new AttachmentsOptions()).AddSingleton<TakePiece>());
        var elsewhere = without.Get<AttachmentFiles>();
        Directory.CreateDirectory(Path.GetDirectoryName(elsewhere.PathOf(use.Sha256))!);
        File.Copy(stored, elsewhere.PathOf(use.Sha256) + ".sealed");
        Assert.Throws<InvalidDataException>(() => elsewhere.Open(use.Sha256));
        files.Remove(use.Sha256);
        Assert.Null(files.Open(use.Sha256));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(37)]
    [InlineData(4_096)]
    [InlineData(65_537)]
    public async Task A_file_that_is_on_its_way_is_unreadable_too_in_pieces_of_any_length(int length)
    {
        await using var hub = new DomainHub(services => services.AddAttachments(new AttachmentsOptions { KeyFile = Key() }).AddSingleton<TakePiece>());
        var files = hub.Get<AttachmentFiles>();
        byte[] photo = [0xFF, 0xD8, 0xFF, .. Enumerable.Repeat((byte)'A', Math.Min(150_000, length * 300))];
        var use = new AttachmentUse("truck-1", "a1", Convert.ToHexStringLower(SHA256.HashData(photo)), AttachmentType.Jpeg, photo.Length, null);
        var folder = Path.GetDirectoryName(files.PathOf(use.Sha256))!;
        for (var at = 0; at < photo.Length; at += length)
        {
            Assert.Equal(Math.Min(at + length, photo.Length), files.Append(use, at, photo.AsSpan(at, Math.Min(length, photo.Length - at))));
            Assert.Equal(Math.Min(at + length, photo.Length), files.Length(use.Vehicle, use.Sha256));
        }

        var part = await File.ReadAllBytesAsync(Assert.Single(Directory.GetFiles(folder)));
        Assert.True(part.AsSpan().IndexOf("AAAAAA"u8) < 0);
        Assert.InRange(part.Count(b => b == 'A'), 0, 20 + (photo.Length / 100));
        Assert.Null(files.Finish(use));
        Assert.Equal(photo, await ReadAsync(files, use.Sha256));
        Assert.Single(Directory.GetFiles(folder));
    }

    [Fact]
    public async Task What_was_there_before_the_key_stays_readable()
    {
        await using var hub = new DomainHub(services => services.AddAttachments(new AttachmentsOptions { KeyFile = Key() }).AddSingleton<TakePiece>());
        var files = hub.Get<AttachmentFiles>();
        var name = new string('c', 64);
        Directory.CreateDirectory(Path.GetDirectoryName(files.PathOf(name))!);
        await File.WriteAllBytesAsync(files.PathOf(name), [1, 2, 3]);
        Assert.Equal([1, 2, 3], await ReadAsync(files, name));
    }

    [Fact]
    public void A_key_file_that_others_may_read_or_that_is_short_is_refused()
    {
        var path = Key();
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        Assert.Contains("chmod 0600", Assert.Throws<IOException>(() => AttachmentKey.Read(new AttachmentsOptions { KeyFile = path })).Message, StringComparison.Ordinal);
        Assert.Contains("no such file", Assert.Throws<IOException>(() => AttachmentKey.Read(new AttachmentsOptions { KeyFile = path + "x" })).Message, StringComparison.Ordinal);
    }

    private static async Task<byte[]> ReadAsync(AttachmentFiles files, string sha256)
    {
        await using var content = files.Open(sha256)!;
        using var all = new MemoryStream();
        await content.CopyToAsync(all);
        return all.ToArray();
    }

    private string Key()
    {
        var path = Path.Combine(folder, "key");
        File.WriteAllBytes(path, RandomNumberGenerator.GetBytes(32));
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return path;
    }
}
