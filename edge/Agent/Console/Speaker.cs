using System.ComponentModel;
using System.Diagnostics;

namespace ThreeOneOne.Field.Agent.Console;

/// <summary>Reads a message out by another program, one at a time: what comes while it speaks is dropped, the screen keeps it.</summary>
internal sealed class Speaker(string program)
{
    private const int LongestText = 300;

    // The program's own voices.
    private static readonly Dictionary<string, string> Voices = new() { ["en"] = "en-us", ["es"] = "es-419", ["pt"] = "pt-br", ["ht"] = "ht", ["zh"] = "cmn" };

    private readonly string? path = Find(program);
    private int speaking;

    public bool IsThere => path is not null;

    /// <summary>Begins to speak and returns at once.</summary>
    /// <exception cref="SpeakerException">No such program, or it does not start.</exception>
    public void Say(string? text, string? language)
    {
        if (path is null) throw new SpeakerException($"there is no program '{program}' that speaks");
        if (string.IsNullOrWhiteSpace(text) || Interlocked.Exchange(ref speaking, 1) == 1) return;
        // The text goes in by a pipe: nothing of it can become an option.
        var start = new ProcessStartInfo(path) { RedirectStandardInput = true, UseShellExecute = false };
        foreach (var argument in (string[])["-v", Voices.GetValueOrDefault(language ?? "", "en-us"), "--stdin"]) start.ArgumentList.Add(argument);
        try
        {
            var voice = new Process { StartInfo = start, EnableRaisingEvents = true };
            voice.Exited += (_, _) =>
            {
                voice.Dispose();
                Interlocked.Exchange(ref speaking, 0);
            };
            voice.Start();
            Give(voice, text.Length > LongestText ? text[..LongestText] : text);
        }
        catch (Win32Exception e)
        {
            Interlocked.Exchange(ref speaking, 0);
            throw new SpeakerException($"{path} does not start: {e.Message}");
        }
    }

    /// <summary>A program that ends before it has read says nothing, as one that ends after: the screen keeps the message.</summary>
    private static void Give(Process voice, string text)
    {
        try
        {
            using var input = voice.StandardInput;
            input.Write(text);
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            // Exited lets the next one speak.
        }
    }

    private static string? Find(string program)
    {
        if (program.Length == 0) return null;
        if (program.Contains('/', StringComparison.Ordinal)) return File.Exists(program) ? program : null;
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
    }
}
