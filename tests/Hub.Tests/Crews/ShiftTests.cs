using ThreeOneOne.Field.Hub.Crews;
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
}
