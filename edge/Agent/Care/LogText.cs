using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace ThreeOneOne.Field.Agent.Care;

/// <summary>Log lines as they may leave the vehicle: without secrets, and without places, whoever is on shift.</summary>
public static partial class LogText
{
    private const string Hidden = "[hidden]";
    private const string Place = "[place]";
    private const int LongestName = 39;

    // A coded key may begin with a slash, but hardly with one of these.
    private static readonly string[] Roots = ["/boot/", "/dev/", "/etc/", "/home/", "/media/", "/mnt/", "/opt/", "/proc/", "/run/", "/sys/", "/tmp/", "/usr/", "/var/"];

    /// <summary>Takes out what a log should not hold in the first place.</summary>
    public static string Redact(string line)
    {
        line = Pem().Replace(line, Hidden);
        line = Bearer().Replace(line, "$1" + Hidden);
        line = Coded().Replace(line, m => IsHash(m.Value) || IsPath(m.Value) ? m.Value : Hidden);
        // After the coded ones, of which one may end like such a name.
        line = Named().Replace(line, "$1" + Hidden);
        line = Sentence().Replace(line, Place);
        return Degrees().Replace(line, Place);
    }

    /// <summary>Lines that are not older, packed.</summary>
    /// <param name="head">Comes first.</param>
    /// <param name="lines">As <see cref="AgentLogs"/> writes them, oldest first.</param>
    /// <param name="from">Oldest time; a line without one goes with the line before it.</param>
    /// <returns>Gzip, and how many lines.</returns>
    public static (byte[] Gzip, int Lines) Pack(IEnumerable<string> head, IEnumerable<string> lines, DateTimeOffset from)
    {
        var count = 0;
        var wanted = false;
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        using (var text = new StreamWriter(gzip, new UTF8Encoding(false)))
        {
            foreach (var line in head) text.Write(line + "\n");
            foreach (var line in lines)
            {
                var space = line.IndexOf(' ', StringComparison.Ordinal);
                if (space > 0 && DateTimeOffset.TryParse(line.AsSpan(0, space), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)) wanted = at >= from;
                if (!wanted) continue;
                text.Write(Redact(line) + "\n");
                count++;
            }
        }

        return (packed.ToArray(), count);
    }

    // Names of files and of what was sent.
    private static bool IsHash(string word) => word.Length == 64 && word.All(char.IsAsciiHexDigitLower);

    private static bool IsPath(string word) =>
        Roots.Any(r => word.StartsWith(r, StringComparison.Ordinal)) && !word.Contains('+') && !word.Contains('=') && word.Split('/').All(p => p.Length <= LongestName);

    [GeneratedRegex("-----BEGIN.*?(-----END[^-]*-----|$)", RegexOptions.Singleline)]
    private static partial Regex Pem();

    [GeneratedRegex(@"(\b(?:Bearer|Basic)\s+)\S+", RegexOptions.IgnoreCase)]
    private static partial Regex Bearer();

    [GeneratedRegex("""((?:token|secret|password|passphrase|pin|badge|code|key|sig|signature|\[hidden\])["']?\s*[:=]\s*["']?)[^\s"',;&]+""", RegexOptions.IgnoreCase)]
    private static partial Regex Named();

    // Long ones, and shorter ones that end like base64.
    [GeneratedRegex(@"[A-Za-z0-9+/_-]{40,}(?:={1,2}(?!\w))?|[A-Za-z0-9+/_-]{20,}={1,2}(?!\w)")]
    private static partial Regex Coded();

    // What receivers write (NMEA 0183), whole or a piece of it: degrees and minutes in one number, and half the sphere.
    [GeneratedRegex(@"[$!]?\b(?:G[ABILNPQ]|BD|QZ|P[A-Z]{3})[A-Z]{2,4},[^\s*]*(?:\*[0-9A-F]{2})?|\b\d{4,5}\.\d+\s*,\s*[NSEW]\b")]
    private static partial Regex Sentence();

    // Two numbers with so many places beside each other, or one called so.
    [GeneratedRegex(@"-?\d{1,3}\.\d{3,}\s*[,;/ ]\s*-?\d{1,3}\.\d{3,}|\b(?:lat|lon|latitude|longitude)\w*[""']?\s*[:=]?\s*-?\d{1,3}\.\d+", RegexOptions.IgnoreCase)]
    private static partial Regex Degrees();
}
