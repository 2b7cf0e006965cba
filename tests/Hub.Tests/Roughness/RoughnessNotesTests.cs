using ThreeOneOne.Field.Hub.Roughness;

namespace ThreeOneOne.Field.Hub.Tests.Roughness;

/// <summary>What people are told when an estimate is missing, or only a rank.</summary>
public sealed class RoughnessNotesTests
{
    private static readonly RoughnessOptions Options = new();
    private static readonly ProfiledRoads Unmeasured = new(new Dictionary<Piece, double>());

    [Fact]
    public void Nothing_calibrated_says_when_to_look_again() =>
        Assert.Contains("within 24 h", Assert.Single(RoughnessNotes.Of([], [], Options, Unmeasured)).Remedy, StringComparison.Ordinal);

    [Fact]
    public void Without_a_profiler_the_note_names_the_setting() =>
        Assert.Equal(("no_profiler", true), Of(RoughnessNotes.Of([Estimate("a", RoughnessScale.Fleet)], [], Options, Unmeasured)));

    [Fact]
    public void Streets_that_hang_together_with_no_measured_one_say_so() =>
        Assert.Equal(("profiler_not_connected", true), Of(RoughnessNotes.Of(
            [Estimate("a", RoughnessScale.Fleet), Estimate("b", RoughnessScale.Profiler)], [], Options, new ProfiledRoads(new Dictionary<Piece, double> { [new Piece("b", 0, true)] = 2 }))));

    [Fact]
    public void Vehicles_that_share_too_little_are_counted_once_however_many_months()
    {
        VehicleCalibration Alone(int month) => new("v1", month, 0, 0, 0.3, 20, 3, RoughnessScale.None);

        var note = Assert.Single(RoughnessNotes.Of([Estimate("a", RoughnessScale.Profiler)], [Alone(1), Alone(2)], Options, Unmeasured));

        Assert.Equal("vehicles_not_calibrated", note.Code);
        Assert.StartsWith("1 vehicles share fewer than 8 pieces", note.Says, StringComparison.Ordinal);
    }

    [Fact]
    public void A_profiled_city_with_all_vehicles_calibrated_has_nothing_to_note() =>
        Assert.Empty(RoughnessNotes.Of([Estimate("a", RoughnessScale.Profiler)], [], Options, Unmeasured));

    [Fact]
    public void A_street_has_metres_per_kilometre_only_by_a_profiler_and_else_a_rank()
    {
        var found = SegmentRoughness.Of([
            Estimate("a", RoughnessScale.Fleet, 2), Estimate("b", RoughnessScale.Profiler, 4), Estimate("c", RoughnessScale.Fleet, 9), Estimate("d", RoughnessScale.None, 5)]);

        Assert.Equal([("a", null, 0.0), ("b", 4.0, 0.5), ("c", null, 1.0)], found.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => (f.Key, f.Value.MPerKm, f.Value.Rank)));
    }

    private static (string, bool) Of(IReadOnlyList<RoughnessNote> notes) => (Assert.Single(notes).Code, notes[0].Remedy.Contains("Roughness:ProfiledFile", StringComparison.Ordinal));

    private static PieceEstimate Estimate(string segment, RoughnessScale scale, double mPerKm = 3) => new(new Piece(segment, 0, true), mPerKm, 0.3, 4, 2, 20_000, scale);
}
