using ThreeOneOne.Field.Hub.Profiles;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.Profiles;

public sealed class RollOutTests
{
    private const long Version = 1_795_270_980_000;
    private static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeMilliseconds(Version);
    private static readonly RollOutLimits Limits = new(TimeSpan.FromHours(1), TimeSpan.FromHours(24), 0.1);
    private static readonly string[] Fleet = [.. Enumerable.Range(1, 40).Select(i => $"unit-{i:00}")];

    [Fact]
    public void Stages_grow_by_their_share_and_the_choice_is_the_same_each_time()
    {
        var rollOut = RollOut.Begin(Version, Fleet, [5, 25, 100], [], Start);

        Assert.Equal([2, 8, 30], Enumerable.Range(0, 3).Select(s => rollOut.Vehicles.Count(v => v.Stage == s)));
        Assert.Equal(rollOut.Vehicles, RollOut.Begin(Version, [.. Fleet.Reverse()], [5, 25, 100], [], Start).Vehicles);
        Assert.NotEqual(rollOut.Open.Select(v => v.Vehicle), RollOut.Begin(Version + 1, Fleet, [5, 25, 100], [], Start).Open.Select(v => v.Vehicle));
    }

    [Theory]
    [InlineData(1, new[] { 1 })]
    [InlineData(2, new[] { 1, 1 })]
    [InlineData(3, new[] { 1, 1, 1 })]
    public void A_stage_has_at_least_one_vehicle_while_there_are_any(int vehicles, int[] sizes)
    {
        var rollOut = RollOut.Begin(Version, [.. Fleet.Take(vehicles)], [5, 25, 100], [], Start);

        Assert.Equal(sizes, rollOut.Vehicles.GroupBy(v => v.Stage).OrderBy(g => g.Key).Select(g => g.Count()));
    }

    [Fact]
    public void Named_canaries_come_first() =>
        Assert.Equal(["unit-07", "unit-30", "unit-33"], RollOut.Begin(Version, Fleet, [5, 100], ["unit-33", "unit-07", "unit-30"], Start).Open.Select(v => v.Vehicle).Order());

    [Fact]
    public void The_next_stage_opens_when_the_last_one_has_soaked()
    {
        var rollOut = Applied(RollOut.Begin(Version, Fleet, [5, 25, 100], [], Start), Start.AddMinutes(10));

        Assert.Equal(0, rollOut.Step(Start.AddMinutes(69), Limits).Stage);
        var second = rollOut.Step(Start.AddMinutes(70), Limits);
        Assert.Equal((1, Start.AddMinutes(70), 10), (second.Stage, second.StageSince, second.Open.Count()));
        Assert.Equal(1, second.Step(Start.AddHours(20), Limits).Stage);

        var third = Applied(second, Start.AddHours(2)).Step(Start.AddHours(3), Limits);
        Assert.Equal((2, RollOutState.Running), (third.Stage, third.State));
        Assert.Equal(RollOutState.Done, Applied(third, Start.AddHours(4)).Step(Start.AddHours(5), Limits).State);
    }

    [Fact]
    public void One_canary_that_rolls_back_stops_it_for_good_and_is_named()
    {
        var rollOut = RollOut.Begin(Version, Fleet, [5, 25, 100], [], Start);
        var canary = rollOut.Open.First().Vehicle;

        var stopped = rollOut.Heard(canary, Report(DeviceProfileOutcome.RolledBack, "motion: missing"), Start.AddMinutes(5)).Step(Start.AddMinutes(5), Limits);

        Assert.Equal((RollOutState.Stopped, $"1 of 2 vehicles are unwell: {canary}: motion: missing"), (stopped.State, stopped.Reason));
        Assert.Equal(stopped, stopped.Step(Start.AddDays(9), Limits));
    }

    [Fact]
    public void A_few_that_are_unwell_among_many_do_not_stop_it()
    {
        var all = RollOut.Begin(Version, Fleet, [100], [], Start);
        var rollOut = Applied(all, Start);
        foreach (var vehicle in Fleet.Take(4)) rollOut = rollOut.Heard(vehicle, Report(DeviceProfileOutcome.Refused, "no"), Start);
        Assert.Equal(RollOutState.Done, rollOut.Step(Start.AddHours(1), Limits).State);

        Assert.Equal(RollOutState.Stopped, rollOut.Heard("unit-05", Report(DeviceProfileOutcome.RolledBack, "no"), Start).Step(Start.AddHours(1), Limits).State);
    }

    [Fact]
    public void Silence_counts_after_its_time_and_who_is_left_behind_stays_counted()
    {
        var rollOut = RollOut.Begin(Version, Fleet, [50, 100], [], Start);
        var silent = rollOut.Open.First().Vehicle;
        foreach (var vehicle in rollOut.Open.Skip(1)) rollOut = rollOut.Heard(vehicle.Vehicle, Report(DeviceProfileOutcome.Applied), Start);
        Assert.Equal(0, rollOut.Step(Start.AddHours(23), Limits).Stage);
        var second = rollOut.Step(Start.AddHours(24), Limits);
        Assert.Equal((1, RollOutState.Running), (second.Stage, second.State));

        // It is heard at last: nothing holds the end up.
        foreach (var vehicle in second.Vehicles.Where(v => v.Stage == 1)) second = second.Heard(vehicle.Vehicle, Report(DeviceProfileOutcome.Applied), Start.AddHours(25));
        Assert.Equal(RollOutState.Done, second.Step(Start.AddHours(26), Limits).State);
        Assert.Equal(RollOutOutcome.Applied, second.Heard(silent, Report(DeviceProfileOutcome.Applied), Start.AddHours(26)).Vehicles.Single(v => v.Vehicle == silent).Outcome);
        Assert.Equal(RollOutState.Stopped, RollOut.Begin(Version, Fleet, [50, 100], [], Start).Step(Start.AddHours(24), Limits).State);
    }

    [Fact]
    public void A_report_of_another_version_says_nothing_and_the_same_one_twice_changes_nothing()
    {
        var rollOut = RollOut.Begin(Version, Fleet, [100], [], Start);
        Assert.Equal(rollOut, rollOut.Heard("unit-01", Report(DeviceProfileOutcome.RolledBack) with { Judged = Version - 1 }, Start));

        var once = rollOut.Heard("unit-01", Report(DeviceProfileOutcome.Applied), Start);
        Assert.Equal(once.Vehicles, once.Heard("unit-01", Report(DeviceProfileOutcome.Applied), Start.AddHours(3)).Vehicles);
    }

    private static RollOut Applied(RollOut rollOut, DateTimeOffset at) =>
        rollOut.Open.Where(v => v.Outcome != RollOutOutcome.Applied).ToList().Aggregate(rollOut, (r, v) => r.Heard(v.Vehicle, Report(DeviceProfileOutcome.Applied), at));

    private static DeviceProfileReport Report(DeviceProfileOutcome outcome, string? reason = null) => new() { Version = Version, Judged = Version, Outcome = outcome, Reason = reason };
}
