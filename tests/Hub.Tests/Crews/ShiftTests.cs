using ThreeOneOne.Field.Hub.Crews;
using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tests.Sites;
using ThreeOneOne.Field.Hub.Tests.Tickets;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.Crews;

public sealed class ShiftTests
{
    [Fact]
    public async Task A_day_of_sign_ons_gives_the_same_shifts_in_any_order_of_arrival()
    {
        var sample = new Sample();
        Hub.Ingest.StoredRecord[] day =
        [
            sample.Shift("truck1", 0, "c1", ShiftState.On), sample.Shift("truck1", 120, "c1", ShiftState.Break),
            sample.Shift("truck1", 150, "c1", ShiftState.On), sample.Shift("truck1", 240, "c1", ShiftState.Off),
            sample.Shift("truck2", 245, "c1", ShiftState.On, "s2"), sample.Shift("truck1", 250, "c2", ShiftState.CallOut, "s3"),
        ];
        var random = new Random(311);
        for (var round = 0; round < 6; round++)
        {
            await using var hub = TicketsHub.Start();
            await hub.Database.WriteAsync(scope =>
            {
                foreach (var id in new[] { "c1", "c2" }) CrewStore.Add(scope, new Crew(id, $"Crew {id}", [], []));
            }, WritePriority.Interactive, default);
            foreach (var record in day) await hub.ApplyAsync(record);
            var crews = await hub.Database.ReadAsync(CrewStore.Summaries, default);
            Assert.Equal(["on truck2", "callOut truck1"], crews.Select(c => $"{c.Shift} {c.Vehicle}"));
            var shifts = await hub.Database.ReadAsync(c => CrewStore.Shifts(c, "c1", 10), default);
            Assert.Equal(["s2", "s1"], shifts.Select(s => s.Id));
            Assert.Equal((Sample.Start, Sample.Start.AddMinutes(240)), (shifts[1].From, shifts[1].To));
            Assert.Equal("c2", await hub.Database.ReadAsync(c => CrewStore.CrewOn(c, null, "truck1"), default));
            random.Shuffle(day);
        }
    }

    [Fact]
    public async Task A_shift_that_nobody_signs_off_ends_by_rule_and_what_the_crew_says_later_counts()
    {
        var sample = new Sample();
        await using var hub = await StartAsync();
        await hub.ApplyAsync(sample.Shift("truck1", 0, "c1", ShiftState.On));
        var rule = new EndForgottenShifts(hub.Database, new CrewsOptions(), hub.Time, Microsoft.Extensions.Logging.Abstractions.NullLogger<EndForgottenShifts>.Instance);
        hub.Time.Step(Sample.Start.AddHours(15) - hub.Time.GetUtcNow());
        Assert.Equal(0, await rule.RunOnceAsync(default));
        hub.Time.Step(TimeSpan.FromHours(2));
        Assert.Equal(1, await rule.RunOnceAsync(default));
        Assert.Equal((Sample.Start.AddHours(16), "by-rule"), await EndAsync(hub, "s1"));
        Assert.Equal(("off", null), await PresentAsync(hub, "c1"));
        Assert.Equal(0, await rule.RunOnceAsync(default));

        // It was signed off in time, without signal.
        await hub.ApplyAsync(sample.Shift("truck1", 500, "c1", ShiftState.Off));
        Assert.Equal((Sample.Start.AddMinutes(500), "signed-off"), await EndAsync(hub, "s1"));
    }

    [Fact]
    public async Task A_crew_that_still_works_after_the_rule_is_on_shift_again()
    {
        var sample = new Sample();
        await using var hub = await StartAsync();
        await hub.ApplyAsync(sample.Shift("truck1", 0, "c1", ShiftState.On));
        hub.Time.Step(Sample.Start.AddHours(17) - hub.Time.GetUtcNow());
        var rule = new EndForgottenShifts(hub.Database, new CrewsOptions(), hub.Time, Microsoft.Extensions.Logging.Abstractions.NullLogger<EndForgottenShifts>.Instance);
        Assert.Equal(1, await rule.RunOnceAsync(default));
        await hub.ApplyAsync(sample.Shift("truck1", 17 * 60, "c1", ShiftState.Break));
        Assert.Equal(((DateTimeOffset?)null, (string?)null), await EndAsync(hub, "s1"));
        Assert.Equal(("break", "truck1"), await PresentAsync(hub, "c1"));
    }

    [Fact]
    public async Task A_vehicle_swap_without_a_sign_off_ends_the_shift_on_the_vehicle_that_was_left()
    {
        var sample = new Sample();
        Hub.Ingest.StoredRecord[] day = [sample.Shift("truck1", 0, "c1", ShiftState.On), sample.Shift("truck2", 90, "c1", ShiftState.On, "s2")];
        foreach (var records in new[] { day, [day[1], day[0]] })
        {
            await using var hub = await StartAsync();
            foreach (var record in records) await hub.ApplyAsync(record);
            Assert.Equal((Sample.Start.AddMinutes(90), "moved"), await EndAsync(hub, "s1"));
            Assert.Equal(((DateTimeOffset?)null, (string?)null), await EndAsync(hub, "s2"));
            Assert.Equal(("on", "truck2"), await PresentAsync(hub, "c1"));
            Assert.Null(await hub.Database.ReadAsync(c => CrewStore.CrewOn(c, null, "truck1"), default));
            Assert.Equal("c1", await hub.Database.ReadAsync(c => CrewStore.CrewOn(c, null, "truck2"), default));
        }
    }

    [Fact]
    public async Task The_people_on_board_are_those_of_the_time()
    {
        var sample = new Sample();
        await using var hub = await StartAsync();
        StoredRecord With(StoredRecord stored, params string[] members) => stored with { Record = stored.Record with { Shift = stored.Record.Shift! with { Members = members } } };
        await hub.ApplyAsync(
            With(sample.Shift("truck1", 0, "c1", ShiftState.On), "m1"), With(sample.Shift("truck1", 60, "c1", ShiftState.On), "m1", "m2", "m3", "m4", "m5"),
            With(sample.Shift("truck1", 200, "c1", ShiftState.Off)));
        var people = await hub.Database.ReadAsync(
            c => new[] { 10, 60, 300, -5 }.Select(m => CrewStore.MembersAt(c, null, "s1", Sample.Start.AddMinutes(m).ToUnixTimeMilliseconds())!.Value).ToList(), default);
        Assert.Equal([1, 5, 5, 1], people);
    }

    private static async Task<DomainHub> StartAsync()
    {
        var hub = TicketsHub.Start();
        hub.Time.Step(Sample.Start - hub.Time.GetUtcNow());
        await hub.Database.WriteAsync(scope => CrewStore.Add(scope, new Crew("c1", "Crew c1", [], [])), WritePriority.Interactive, default);
        return hub;
    }

    private static async Task<(DateTimeOffset?, string?)> EndAsync(DomainHub hub, string shift)
    {
        var s = await hub.Database.ReadAsync(c => CrewStore.FindShift(c, shift)!, default);
        return (s.To, s.Ended);
    }

    private static async Task<(string, string?)> PresentAsync(DomainHub hub, string crew)
    {
        var s = (await hub.Database.ReadAsync(CrewStore.Summaries, default)).Single(c => c.Id == crew);
        return (s.Shift, s.Vehicle);
    }
}
