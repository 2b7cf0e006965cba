using ThreeOneOne.Field.Agent.Console;
using ThreeOneOne.Field.Support;

namespace ThreeOneOne.Field.Edge.Tests.Console;

public sealed class SpeakerTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("Emergency. 12 Inman St", "en", "-v en-us --stdin")]
    [InlineData("--help", "no such", "-v en-us --stdin")]
    [InlineData("Ijans. 12 Inman St", "ht", "-v ht --stdin")]
    public async Task The_program_hears_the_text_by_its_input_alone(string text, string language, string arguments)
    {
        // In one step, so that a half-written note is never read.
        var program = Script("(echo \"$*\"; cat) > \"$0.part\" && mv \"$0.part\" \"$0.said\"");
        new Speaker(program).Say(text, language);
        await Eventually.TrueAsync(() => Task.FromResult(File.Exists(program + ".said")), "the program has ended");
        Assert.Equal($"{arguments}\n{text}", await File.ReadAllTextAsync(program + ".said"));
    }

    [Fact]
    public async Task A_program_that_ends_unread_is_no_error_and_does_not_silence_the_next()
    {
        var program = Script("exec 0<&-; echo >> \"$0.runs\"");
        var speaker = new Speaker(program);
        await Eventually.TrueAsync(() =>
        {
            speaker.Say("12 Inman St", "en");
            return Task.FromResult(File.Exists(program + ".runs") && File.ReadAllLines(program + ".runs").Length >= 20);
        }, "it was started again and again");
    }

    [Fact]
    public void A_program_that_cannot_be_started_is_named()
    {
        var program = folder["no-program"];
        File.WriteAllText(program, "not a program");
        var error = Assert.Throws<SpeakerException>(() => new Speaker(program).Say("12 Inman St", "en"));
        Assert.Contains(program, error.Message, StringComparison.Ordinal);
    }

    private string Script(string line)
    {
        var path = folder["speak"];
        File.WriteAllText(path, $"#!/bin/sh\n{line}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
