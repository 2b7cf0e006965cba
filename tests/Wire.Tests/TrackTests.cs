using System.Text.Json;

namespace ThreeOneOne.Field.Wire.Tests;

public sealed class TrackTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 14, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Fixes_come_back_within_the_resolution_of_the_wire()
    {
        var random = new Random(311);
        var at = new GeoPoint(42.3736, -71.1097);
        var fixes = new List<TrackFix>();
        for (var i = 0; i < Track.MaxFixes; i++)
        {
            at = at.MovedByM(random.NextDouble() * 30 - 15, random.NextDouble() * 30 - 15);
            fixes.Add(new TrackFix(Start.AddSeconds(i), at, random.NextDouble() * 20, i % 7 == 0 ? null : random.NextDouble() * 359, i % 5 == 0 ? null : 1.2));
        }

        var track = Track.FromFixes(fixes);
        var back = JsonSerializer.Deserialize(JsonSerializer.SerializeToUtf8Bytes(new WireRecord
        {
            Seq = 1,
            Stamp = new Stamp { DeviceTime = Start, Boot = "b", MonotonicMs = 0 },
            Track = track,
        }, WireJson.Default.WireRecord), WireJson.Default.WireRecord)!.Track!.ToFixes();

        Assert.Equal(fixes.Count, back.Count);
        for (var i = 0; i < fixes.Count; i++)
        {
            Assert.Equal(fixes[i].Time, back[i].Time);
            // Half a millionth of a degree, no drift over the deltas.
            Assert.Equal(fixes[i].At.Latitude, back[i].At.Latitude, 0.51e-6);
            Assert.Equal(fixes[i].At.Longitude, back[i].At.Longitude, 0.51e-6);
            Assert.Equal(fixes[i].SpeedMps, back[i].SpeedMps, 0.0051);
            Assert.Equal(fixes[i].CourseDeg is null, back[i].CourseDeg is null);
            Assert.Equal(fixes[i].Hdop is null, back[i].Hdop is null);
        }
    }

    [Fact]
    public void Columns_of_different_length_are_refused() =>
        Assert.Throws<FormatException>(() => (Sound() with { Lon = [1] }).ToFixes());

    [Fact]
    public void Time_that_runs_backwards_is_refused() =>
        Assert.Throws<FormatException>(() => (Sound() with { DtMs = [0, -5] }).ToFixes());

    [Fact]
    public void Null_island_is_no_fix() =>
        Assert.Throws<FormatException>(() => (Sound() with { Lat = [0, 0], Lon = [0, 0] }).ToFixes());

    [Fact]
    public void Too_many_fixes_are_refused() =>
        Assert.Throws<ArgumentException>(() => Track.FromFixes([.. Enumerable.Range(0, Track.MaxFixes + 1).Select(i => new TrackFix(Start.AddSeconds(i), new(42, -71), 0, null, null))]));

    private static Track Sound() => Track.FromFixes(
        [new(Start, new(42, -71), 5, 90, 1), new(Start.AddSeconds(1), new(42, -71.0001), 5, 90, 1)]);
}
