using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tests.Sites;
using ThreeOneOne.Field.Hub.Tickets;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.Tickets;

/// <summary>Whoever asks every minute outside sees no vehicle pass: what is told of evidence is what was so when the day began.</summary>
public sealed class EvidenceTodayTests
{
    private static readonly TimeZoneInfo City = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");

    private readonly Sample sample = new();

    [Fact]
    public async Task A_pass_is_told_when_its_day_is_over()
    {
        await using var hub = TicketsHub.Start();
        await hub.ApplyAsync(Dark("v1", 0), Dark("v2", 30));
        await hub.ReactAsync();
        var number = (await hub.OnlyRequestAsync()).Number;
        var opened = await FindAsync(hub, number);
        Assert.Equal(2, opened.EvidenceFor);
        Assert.Equal((0, 0, null), Told(hub, opened));

        hub.Time.Step(TimeSpan.FromMinutes(20));
        await hub.ApplyAsync(Dark("v3", 50));
        await hub.ReactAsync();
        var same = await FindAsync(hub, number);
        Assert.Equal(3, same.EvidenceFor);
        Assert.Equal((0, 0, null), Told(hub, same));
        Assert.Equal(opened.SeenChangeAt, same.SeenChangeAt);
        Assert.True(same.UpdatedAt > opened.UpdatedAt);

        hub.Time.Step(TimeSpan.FromDays(1));
        Assert.Equal((3, 0, Sample.Start.AddMinutes(50)), Told(hub, same));
        await hub.ApplyAsync(Dark("v4", 24 * 60));
        await hub.ReactAsync();
        var next = await FindAsync(hub, number);
        Assert.Equal(4, next.EvidenceFor);
        Assert.Equal((3, 0, Sample.Start.AddMinutes(50)), Told(hub, next));
        Assert.Equal(opened.SeenChangeAt, next.SeenChangeAt);

        hub.Time.Step(TimeSpan.FromDays(1));
        Assert.Equal((4, 0, Sample.Start.AddDays(1)), Told(hub, next));
    }

    [Fact]
    public async Task What_everybody_may_see_of_a_change_is_seen_at_once()
    {
        await using var hub = TicketsHub.Start();
        await hub.ApplyAsync(Dark("v1", 0), Dark("v2", 30));
        await hub.ReactAsync();
        var number = (await hub.OnlyRequestAsync()).Number;
        hub.Time.Step(TimeSpan.FromMinutes(5));
        await hub.Database.WriteAsync(scope => AddNote.Do(scope, number, "Dee", "Look behind the hedge", isPublic: false), WritePriority.Interactive, default);
        Assert.True((await FindAsync(hub, number)).SeenChangeAt < hub.Time.GetUtcNow());
        await hub.Database.WriteAsync(scope => AddNote.Do(scope, number, "Dee", "We are on it", isPublic: true), WritePriority.Interactive, default);
        Assert.Equal(hub.Time.GetUtcNow(), (await FindAsync(hub, number)).SeenChangeAt);
        hub.Time.Step(TimeSpan.FromMinutes(5));
        await hub.Database.WriteAsync(scope =>
        {
            var before = TicketStore.Find(scope, number)!;
            return hub.Get<ChangeTicket>().Save(scope, before, before with { Stage = TicketStage.Assigned }, "Dee", "Assigned");
        }, WritePriority.Interactive, default);
        Assert.Equal(hub.Time.GetUtcNow(), (await FindAsync(hub, number)).SeenChangeAt);
    }

    private static (int, int, DateTimeOffset?) Told(DomainHub hub, Ticket ticket) => EvidenceBefore.Told(ticket, EvidenceBefore.DayOf(hub.Time.GetUtcNow(), City));

    private static Task<Ticket> FindAsync(DomainHub hub, string number) => hub.Database.ReadAsync(c => TicketStore.Find(c, null, number)!, default);

    private StoredRecord Dark(string vehicle, double minute) => sample.Lamp(vehicle, minute, "p3", Sample.Origin.MovedByM(75, 200), LampVerdict.Dark, 0.95);
}
