using System.Globalization;
using System.Text;
using Xunit.Abstractions;

namespace ThreeOneOne.Field.Kernel.Tests.Outside;

/// <summary>The program itself on a root that takes no writes, with a disk of its own for its data.</summary>
public sealed class ReadOnlyRootTests(ITestOutputHelper output) : IDisposable
{
    private const int SectorBytes = 512;

    private readonly GuestDisk disk = new();

    public void Dispose() => disk.Dispose();

    [OutsideFact]
    public async Task The_agent_drives_and_ends_and_writes_to_its_own_folders_alone()
    {
        var seconds = int.Parse(Environment.GetEnvironmentVariable("FIELD_DRIVE_SECONDS") ?? "15", CultureInfo.InvariantCulture);
        var drive = Path.Combine(disk.Folder, "drive.nmea");
        await File.WriteAllTextAsync(drive, Drive(seconds + 120));
        var lines = new List<string>();
        await using (var guest = GuestRun.Start("drive.sh", disk.Path, TimeSpan.FromSeconds(seconds), ("DRIVE", $"/run/host{drive}"), ("SECONDS_OF_DRIVE", $"{seconds}")))
        {
            while (await guest.NextAsync() is { } line) lines.Add(line);
        }

        var said = string.Join('\n', lines.TakeLast(30));
        Assert.True(lines.Contains("SIGNED_ON"), said);
        Assert.True(lines.Contains("ENDED 0"), said);
        Assert.DoesNotContain(lines, l => l.StartsWith("WROTE ", StringComparison.Ordinal));
        var (disked, logged) = (Number("SECTORS ") * SectorBytes, Number("LOG "));
        Assert.True(disked > 0 && Number("OUTBOX ") > 0, said);
        // Nothing of its size comes from driving: an hour of log is a few lines.
        Assert.InRange(logged, 0, 2_000 + seconds * 20);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"A drive of {seconds} s without the hub: {disked * 3600 / seconds / 1e6:0.0} MB an hour reach the disk, {logged * 3600 / seconds / 1e3:0.0} KB an hour of log"));

        long Number(string word) => long.Parse(lines.Last(l => l.StartsWith(word, StringComparison.Ordinal))[word.Length..], CultureInfo.InvariantCulture);
    }

    // One fix a second, eastward at 11 m/s with a turn now and then.
    private static string Drive(int seconds)
    {
        var text = new StringBuilder();
        var (at, lat, lon) = (TimeProvider.System.GetUtcNow(), 42.3736, -71.1097);
        for (var i = 0; i < seconds; i++)
        {
            var course = i / 40 * 90 % 360;
            lat += 11 * Math.Cos(course * Math.PI / 180) / 111_200;
            lon += 11 * Math.Sin(course * Math.PI / 180) / 82_100;
            var time = at.AddSeconds(i);
            Line(string.Create(CultureInfo.InvariantCulture, $"GPGGA,{time:HHmmss}.00,{Angle(lat, 2)},N,{Angle(-lon, 3)},W,1,09,0.9,10.0,M,-33.0,M,,"));
            Line(string.Create(CultureInfo.InvariantCulture, $"GPRMC,{time:HHmmss}.00,A,{Angle(lat, 2)},N,{Angle(-lon, 3)},W,21.4,{course}.0,{time:ddMMyy},,,A"));
        }

        return text.ToString();

        void Line(string body) => text.Append(CultureInfo.InvariantCulture, $"${body}*{body.Aggregate(0, (sum, c) => sum ^ c):X2}\r\n");
        static string Angle(double degrees, int digits) => ((int)degrees).ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0') + ((degrees - (int)degrees) * 60).ToString("00.00000", CultureInfo.InvariantCulture);
    }
}
