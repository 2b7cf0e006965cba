using Microsoft.Extensions.Logging.Abstractions;
using ThreeOneOne.Field.Agent.Doctor;
using ThreeOneOne.Field.Agent.Outbox;
using ThreeOneOne.Field.Agent.Sensing;

namespace ThreeOneOne.Field.Edge.Tests.Doctor;

/// <summary>The technician's line for the sensing of the road.</summary>
public sealed class RoadCheckTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 30, 0, TimeSpan.Zero);

    private readonly TemporaryFolder folder = new();

    private StateFile File => new(Path.Combine(folder.Path, RoadHours.FileName));

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Hours_are_kept_over_starts_and_let_go_of_after_a_day()
    {
        var first = new RoadHours(File, NullLogger.Instance);
        first.Note(Now.AddHours(-30), 500, new Dictionary<string, long>());
        first.Note(Now.AddHours(-2), 800, new Dictionary<string, long> { ["parked"] = 100 });
        first.Note(Now, 1_000, new Dictionary<string, long> { ["parked"] = 160 });
        // Counts begin anew with a start.
        new RoadHours(File, NullLogger.Instance).Note(Now, 50, new Dictionary<string, long> { ["parked"] = 5 });

        var hours = RoadHours.Read(File);
        Assert.Equal([(300, 100), (250, 65)], hours.Select(h => ((int)h.Assessed, (int)h.NotAssessed["parked"])));
    }

    [Fact]
    public void A_clock_that_was_set_back_leaves_no_hours_of_the_future()
    {
        var hours = new RoadHours(File, NullLogger.Instance);
        hours.Note(Now.AddHours(5), 100, new Dictionary<string, long>());
        hours.Note(Now, 200, new Dictionary<string, long>());

        Assert.Equal(100, Assert.Single(RoadHours.Read(File)).Assessed);
    }

    [Fact]
    public void A_file_that_is_no_file_of_hours_begins_anew()
    {
        File.Replace("nonsense"u8);

        Assert.Empty(RoadHours.Read(File));
    }

    [Fact]
    public void A_day_of_driving_is_well_and_says_how_much()
    {
        var found = Of(3_000, ("parked", 2_400), ("work", 600));

        Assert.Equal(CheckState.Ok, found.State);
        Assert.Equal("assessed for 50 min of the last hour and 50 min of the last day; not: standing or crawling 40 min, equipment works 10 min", found.Says);
        Assert.Null(found.Remedy);
    }

    [Theory]
    [InlineData("stuck", CheckState.Wrong, "supply")]
    [InlineData("saturated", CheckState.Wrong, "range")]
    [InlineData("notANumber", CheckState.Wrong, "wires")]
    [InlineData("timeBackwards", CheckState.Wrong, "clock")]
    [InlineData("tooSlowRate", CheckState.Wrong, "50 readings")]
    [InlineData("noSource", CheckState.Wrong, "Motion:Source")]
    [InlineData("notAligned", CheckState.Note, "turns and stops")]
    [InlineData("badFix", CheckState.Note, "antenna")]
    [InlineData("winter", CheckState.Note, "Sensing:Winter")]
    public void What_a_person_can_mend_comes_with_what_to_do(string reason, object state, string remedy)
    {
        var found = Of(1_000, ("parked", 5_000), (reason, 400));

        Assert.Equal(state, found.State);
        Assert.Contains(remedy, found.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("parked")]
    [InlineData("work")]
    [InlineData("workZone")]
    public void What_a_vehicle_does_needs_no_mending(string reason) => Assert.Equal(CheckState.Ok, Of(1_000, (reason, 20_000)).State);

    [Fact]
    public void Moments_are_nobodys_trouble() => Assert.Equal(CheckState.Ok, Of(20_000, ("badFix", 300), ("stuck", 20)).State);

    [Fact]
    public void A_day_in_which_nothing_was_read_is_not_called_well() => Assert.Equal(CheckState.Note, Of(0).State);

    private static Finding Of(long assessed, params (string Reason, long Seconds)[] not) => RoadCheck.Of(
        "road", [new RoadHour(Now.ToUnixTimeSeconds() / 3_600, assessed, not.ToDictionary(n => n.Reason, n => n.Seconds))], Now);
}
