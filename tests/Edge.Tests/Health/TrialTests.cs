using ThreeOneOne.Field.Agent.Health;
using ThreeOneOne.Field.Agent.Positioning;
using ThreeOneOne.Field.Edge.Tests.Clock;

namespace ThreeOneOne.Field.Edge.Tests.Health;

public sealed class TrialTests : IDisposable
{
    private static readonly TrialOptions Limits = new() { Minutes = 5, SettleSeconds = 20, PatienceMinutes = 60, Starts = 3 };
    private static readonly SourceHealth Ok = new(SourceState.Ok) { Talks = true };
    private static readonly SourceHealth Gone = new(SourceState.Missing, "no such device");

    private readonly TemporaryFolder folder = new();
    private readonly BoardTime time = new(DateTimeOffset.UnixEpoch);

    private string File => Path.Combine(folder.Path, "trial.json");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_is_well_for_a_while_is_healthy()
    {
        var trial = Begun("position", "motion");

        Assert.Equal(TrialState.Running, trial.Judge(Signs(("position", Ok), ("motion", Ok))).State);
        time.Pass(TimeSpan.FromSeconds(19));
        Assert.Equal(TrialState.Running, trial.Judge(Signs(("position", Ok), ("motion", Ok))).State);
        time.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal(new TrialVerdict(TrialState.Healthy), trial.Judge(Signs(("position", Ok), ("motion", Ok))));
    }

    [Fact]
    public void Where_no_trial_ever_was_there_is_none_to_end()
    {
        var path = Path.Combine(folder.Path, "never-made", "trial.json");
        Trial.Close(path);
        Assert.Null(Trial.Resume(path, time));
        Assert.False(Directory.Exists(Path.GetDirectoryName(path)));
    }

    [Fact]
    public void A_break_begins_the_while_again()
    {
        var trial = Begun("position");
        trial.Judge(Signs(("position", Ok)));
        time.Pass(TimeSpan.FromSeconds(15));
        trial.Judge(Signs(("position", new SourceHealth(SourceState.Stale, "no message for 6 s"))));
        time.Pass(TimeSpan.FromSeconds(15));

        Assert.Equal(TrialState.Running, trial.Judge(Signs(("position", Ok))).State);
        time.Pass(TimeSpan.FromSeconds(20));
        Assert.Equal(TrialState.Healthy, trial.Judge(Signs(("position", Ok))).State);
    }

    [Fact]
    public void A_source_that_worked_and_does_not_is_unhealthy_at_the_deadline_and_named()
    {
        var trial = Begun("motion");
        Assert.Equal(TrialState.Running, trial.Judge(Signs(("motion", Gone))).State);
        time.Pass(TimeSpan.FromMinutes(5));

        Assert.Equal(new TrialVerdict(TrialState.Unhealthy, "motion: missing: no such device"), trial.Judge(Signs(("motion", Gone))));
        Assert.Contains("worked before and is not there", trial.Judge(Signs()).Reason);
    }

    [Fact]
    public void A_device_named_for_the_first_time_must_be_there_too()
    {
        var trial = Begun();
        time.Pass(TimeSpan.FromMinutes(5));

        Assert.Equal(TrialState.Unhealthy, trial.Judge(Signs(("light", Gone))).State);
    }

    [Fact]
    public void Without_a_signal_or_a_sky_it_stays_undecided_until_the_patience_ends()
    {
        var trial = Begun("position");
        var indoors = Signs(("position", new SourceHealth(SourceState.Stale, "no fix") { Talks = true })) with { Connected = false };
        time.Pass(TimeSpan.FromMinutes(5));
        Assert.Equal(new TrialVerdict(TrialState.Undecided, "the broker is not reached; position: stale: no fix"), trial.Judge(indoors));

        time.Pass(TimeSpan.FromMinutes(59));
        Assert.Equal(TrialState.Undecided, trial.Judge(indoors).State);
        time.Pass(TimeSpan.FromMinutes(1));
        Assert.Equal(TrialState.Unhealthy, trial.Judge(indoors).State);
    }

    [Fact]
    public void A_hub_that_acknowledges_nothing_or_a_disk_that_takes_nothing_proves_nothing()
    {
        var trial = Begun();
        trial.Judge(Signs() with { Acknowledged = false });
        time.Pass(TimeSpan.FromMinutes(5));

        Assert.Equal(TrialState.Undecided, trial.Judge(Signs() with { Acknowledged = false }).State);
        Assert.Equal(TrialState.Unhealthy, trial.Judge(Signs() with { Committed = false }).State);
    }

    [Fact]
    public void A_crash_loop_is_unhealthy_before_anything_is_opened()
    {
        Trial.Begin(File, "profile 12", [], Limits);
        for (var start = 1; start <= 3; start++) Assert.Null(Trial.Resume(File, time)!.Spent);

        var trial = Trial.Resume(File, time)!;
        Assert.Equal("profile 12", trial.Change);
        Assert.Equal(TrialState.Unhealthy, trial.Spent?.State);
        Assert.Equal("started 3 times and did not prove itself", trial.Judge(Signs()).Reason);
    }

    [Fact]
    public void A_start_that_ended_as_asked_counts_for_nothing()
    {
        Trial.Begin(File, "profile 12", [], Limits);
        for (var start = 1; start <= 10; start++) Trial.Resume(File, time)!.EndCleanly();

        Assert.Null(Trial.Resume(File, time)!.Spent);
    }

    [Fact]
    public void A_damaged_record_never_keeps_the_change()
    {
        System.IO.File.WriteAllText(File, "{");

        Assert.Equal(TrialState.Unhealthy, Trial.Resume(File, time)!.Judge(Signs()).State);
    }

    [Fact]
    public void Nothing_is_on_trial_before_it_begins_and_after_it_is_closed()
    {
        Assert.Null(Trial.Resume(File, time));
        var trial = Begun();
        Trial.Close(File);
        trial.EndCleanly();

        Assert.Null(Trial.Resume(File, time));
    }

    [Fact]
    public async Task A_vehicle_on_the_link_is_healthy_by_its_own_signs()
    {
        await using var vehicle = new TestVehicle(folder.Path);
        Trial.Begin(File, "profile 12", vehicle.Agent.Signs.Working, new TrialOptions { Minutes = 5, SettleSeconds = 0 });

        // Its first health record is committed, sent and acknowledged.
        var verdict = await Trial.Resume(File, TimeProvider.System)!.RunAsync(() => vehicle.Agent.Signs, CancellationToken.None)
            .WaitAsync(TimeSpan.FromMinutes(2));

        Assert.Equal(TrialState.Healthy, verdict.State);
    }

    private Trial Begun(params string[] workedBefore)
    {
        Trial.Begin(File, "profile 12", workedBefore, Limits);
        return Trial.Resume(File, time)!;
    }

    private static TrialSigns Signs(params (string Name, SourceHealth Health)[] sources) => new(true, true, true, sources.ToDictionary(s => s.Name, s => s.Health));
}
