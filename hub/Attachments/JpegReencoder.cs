using System.ComponentModel;
using System.Diagnostics;

namespace ThreeOneOne.Field.Hub.Attachments;

/// <summary>
/// Decodes a JPEG to pixels and encodes these anew, by libjpeg-turbo's own programs in child processes: what a hostile picture does to
/// a decoder, it does there, with empty environment, nothing that grows on disk, little memory and little time. It is the hub's user
/// still: what that user may read, a decoder that was taken over may read too.
/// </summary>
public sealed class JpegReencoder(AttachmentsOptions options, ILogger<JpegReencoder> log)
{
    private const int Quality = 88;
    private const long MostMemory = 1L << 30;
    private const int MostCpuSeconds = 20;
    private const int MostPixels = 60_000_000;
    private static readonly string[] Folders = ["/usr/bin/", "/bin/"];
    private static readonly string[] Programs = ["prlimit", "djpeg", "cjpeg"];

    // A progressive picture is held whole before a line comes out.
    private static readonly string Pipe = $"djpeg -maxmemory 400000 | cjpeg -quality {Quality} -optimize";

    private readonly Lazy<string?> missing = new(() => Array.Find(Programs, p => Find(p) is null));

    internal TimeSpan Longest { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>False where the programs are not installed, or the city does without: then pictures are only taken apart.</summary>
    public bool IsThere
    {
        get
        {
            if (!options.Reencode) return false;
            if (missing.Value is null) return true;
            if (Interlocked.Exchange(ref told, 1) == 0) log.NotReencoded(missing.Value);
            return false;
        }
    }

    private int told;

    /// <param name="clean">What <see cref="CleanPicture"/> left of it.</param>
    /// <param name="cancel">Nobody waits any more.</param>
    /// <returns>The new picture, turned as the old one was; null when it cannot be decoded within the bounds.</returns>
    public async Task<byte[]?> RunAsync(byte[] clean, CancellationToken cancel)
    {
        if (Pixels(clean) is not (> 0 and <= MostPixels)) return null;
        // New rights are the unit's to forbid (NoNewPrivileges): setpriv would need a call that its filter refuses.
        string[] command =
        [
            $"--as={MostMemory}", $"--cpu={MostCpuSeconds}", "--fsize=0", "--core=0", "--nofile=32", "--",
            "sh", "-c", Pipe,
        ];
        var start = new ProcessStartInfo(Find("prlimit")!, command) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
        start.Environment.Clear();
        start.Environment["PATH"] = "/usr/bin:/bin";
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Longest);
        using var child = Process.Start(start);
        if (child is null) return null;
        try
        {
            var said = child.StandardError.ReadToEndAsync(limit.Token);
            var made = ReadAsync(child.StandardOutput.BaseStream, limit);
            await SendAsync(child, clean, limit.Token).ConfigureAwait(false);
            var bytes = await made.ConfigureAwait(false);
            await child.WaitForExitAsync(limit.Token).ConfigureAwait(false);
            _ = await said.ConfigureAwait(false);
            return child.ExitCode == 0 && bytes is { Length: > 20 } && bytes[0] == 0xFF && bytes[1] == 0xD8 ? Turned(bytes, clean) : null;
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or Win32Exception)
        {
            cancel.ThrowIfCancellationRequested();
            return null;
        }
        finally
        {
            if (!child.HasExited) child.Kill(entireProcessTree: true);
        }
    }

    private static async Task SendAsync(Process child, byte[] picture, CancellationToken cancel)
    {
        try
        {
            await child.StandardInput.BaseStream.WriteAsync(picture, cancel).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // It saw enough of it: its exit code says what it thought.
        }

        child.StandardInput.Close();
    }

    private async Task<byte[]?> ReadAsync(Stream from, CancellationTokenSource limit)
    {
        using var all = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (int n; (n = await from.ReadAsync(buffer, limit.Token).ConfigureAwait(false)) > 0;)
        {
            if (all.Length + n > options.MaxFileBytes)
            {
                // It would wait for somebody to read the rest.
                await limit.CancelAsync().ConfigureAwait(false);
                return null;
            }

            all.Write(buffer, 0, n);
        }

        return all.ToArray();
    }

    /// <summary>Width times height, of the first frame.</summary>
    private static long Pixels(ReadOnlySpan<byte> jpeg)
    {
        foreach (var (marker, at, length) in Segments(jpeg.ToArray()))
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC) && length >= 8) return (long)((jpeg[at + 3] << 8) | jpeg[at + 4]) * ((jpeg[at + 5] << 8) | jpeg[at + 6]);
        return 0;
    }

    /// <summary>Which side is up is all that stays of the old picture's notes: pixels do not know it.</summary>
    private static byte[] Turned(byte[] made, byte[] clean)
    {
        const int jfif = 20;
        foreach (var (marker, at, length) in Segments(clean))
            if (marker == 0xE1) return [.. made[..jfif], 0xFF, 0xE1, .. clean[at..(at + length)], .. made[jfif..]];
        return made;
    }

    // Up to the first scan; CleanPicture has put them together, so that each has its length.
    private static IEnumerable<(byte Marker, int At, int Length)> Segments(byte[] jpeg)
    {
        for (var at = 2; at + 4 <= jpeg.Length && jpeg[at] == 0xFF && jpeg[at + 1] != 0xDA;)
        {
            var length = (jpeg[at + 2] << 8) | jpeg[at + 3];
            if (at + 2 + length > jpeg.Length) yield break;
            yield return (jpeg[at + 1], at + 2, length);
            at += 2 + length;
        }
    }

    private static string? Find(string program) => Folders.Select(f => f + program).FirstOrDefault(File.Exists);
}
