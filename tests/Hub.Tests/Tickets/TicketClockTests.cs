using ThreeOneOne.Field.Hub.Catalogue;
using ThreeOneOne.Field.Hub.Tickets;

namespace ThreeOneOne.Field.Hub.Tests.Tickets;

public sealed class TicketClockTests
{
    private const int Seed = 20261122;

    private static readonly ServiceCatalogue Catalogue = CatalogueFile.Read(new CatalogueOptions().File, TimeZoneInfo.FindSystemTimeZoneById("America/New_York"));
    private static readonly Service Pothole = Catalogue.Find("pothole")!;

    // A Monday, 8:00 in Cambridge.
    private static readonly DateTimeOffset Monday = new(2026, 11, 16, 13, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Waiting_for_parts_stops_the_clock_and_going_on_gives_the_rest()
    {
        var ticket = Opened("received", Monday);
        Assert.Equal(Pothole.TargetFrom(Monday, 3), ticket.TargetAt);
        var waiting = Move(ticket, TicketMove.Wait, Monday.AddHours(2), "parts");
        Assert.Equal((null, TimeSpan.FromHours(2), null), (waiting.TargetAt, waiting.ClockUsed, waiting.AlertAt));
        var going = Move(waiting, TicketMove.Begin, Monday.AddDays(9));
        Assert.Equal(Pothole.Calendar.Add(Monday.AddDays(9), Pothole.TargetWork(3) - TimeSpan.FromHours(2)), going.TargetAt);
    }

    [Fact]
    public void A_reason_that_the_service_does_not_list_stops_nothing()
    {
        var ticket = Opened("received", Monday);
        Assert.Equal(ticket.TargetAt, Move(ticket, TicketMove.Wait, Monday.AddHours(2), "resident").TargetAt);
    }

    [Fact]
    public void What_is_late_stays_late_however_long_it_waits()
    {
        var ticket = Opened("received", Monday);
        var late = Move(ticket, TicketMove.Wait, Monday.AddDays(20), "parts");
        Assert.Equal(ticket.TargetAt, late.TargetAt);
        Assert.Equal(ticket.TargetAt, Move(late, TicketMove.Begin, Monday.AddDays(40)).TargetAt);
    }

    [Fact]
    public void Time_counts_from_acceptance_and_not_while_it_is_somebody_elses()
    {
        var review = Opened("review", Monday);
        Assert.Null(review.TargetAt);
        var accepted = Move(review, TicketMove.Accept, Monday.AddDays(1));
        Assert.Equal(Pothole.TargetFrom(Monday.AddDays(1), 3), accepted.TargetAt);
        Assert.Null(Move(accepted, TicketMove.Refer, Monday.AddDays(1).AddHours(1)).TargetAt);
    }

    [Fact]
    public void A_closed_request_keeps_its_date_and_gets_the_rest_of_its_time_when_it_opens_again()
    {
        var ticket = Opened("received", Monday);
        var closed = Move(ticket, TicketMove.Complete, Monday.AddHours(3), "repaired");
        Assert.Equal((ticket.TargetAt, null, null), (closed.TargetAt, closed.ClockFrom, closed.AlertAt));
        var again = Move(closed, TicketMove.Reopen, Monday.AddDays(30));
        Assert.Equal(Pothole.Calendar.Add(Monday.AddDays(30), Pothole.TargetWork(3) - TimeSpan.FromHours(3)), again.TargetAt);
    }

    [Fact]
    public void A_more_urgent_priority_brings_the_date_forward()
    {
        var ticket = Opened("received", Monday);
        var urgent = TicketClock.Follow(ticket, ticket with { Priority = 1 }, Pothole, Monday.AddHours(1));
        Assert.Equal(Pothole.TargetFrom(Monday, 1), urgent.TargetAt);
    }

    [Fact]
    public void Steps_of_the_escalation_come_in_their_order_at_their_part_of_the_time()
    {
        var ticket = Opened("received", Monday);
        var work = Pothole.TargetWork(3);
        foreach (var (step, i) in Pothole.Escalation.Select((s, i) => (s, i)))
            Assert.Equal(Pothole.Calendar.Add(Monday, work * (step.Percent / 100.0)), TicketClock.NextStep(ticket with { Escalated = i }, Pothole));
        Assert.True(ticket.AlertAt < ticket.TargetAt, "the first step warns before the breach");
        Assert.Null(TicketClock.NextStep(ticket with { Escalated = Pothole.Escalation.Count }, Pothole));
    }

    /// <summary>However often it stops: the open time that runs until the target date is what the service promises.</summary>
    [Fact]
    public void Whatever_the_pauses_the_time_to_the_target_is_what_the_service_promises()
    {
        var random = new Random(Seed);
        for (var round = 0; round < 200; round++)
        {
            var service = Catalogue.All.Where(s => s.PauseReasons.Contains("parts")).ElementAt(random.Next(5));
            var now = Monday.AddMinutes(random.Next(30 * 1_440));
            var ticket = Opened("received", now, service);
            var ran = TimeSpan.Zero;
            for (var i = 0; i < random.Next(6); i++)
            {
                var pause = now.AddMinutes(random.Next(600));
                if (pause >= ticket.TargetAt) break;
                ran += service.Calendar.Between(now, pause);
                ticket = TicketClock.Follow(ticket, TicketLife.Apply(ticket, TicketMove.Wait, "parts"), service, pause);
                now = pause.AddMinutes(random.Next(1, 10_000));
                ticket = TicketClock.Follow(ticket, TicketLife.Apply(ticket, TicketMove.Begin), service, now);
            }

            Assert.Equal(service.TargetWork(3), ran + service.Calendar.Between(now, ticket.TargetAt!.Value));
        }
    }

    private static Ticket Opened(string stage, DateTimeOffset at, Service? service = null)
    {
        var ticket = TicketLifeTests.At(stage) with { Service = (service ?? Pothole).Code, OpenedAt = at };
        return TicketClock.Follow(ticket, ticket, service ?? Pothole, at);
    }

    private static Ticket Move(Ticket ticket, TicketMove move, DateTimeOffset at, string? code = null) =>
        TicketClock.Follow(ticket, TicketLife.Apply(ticket, move, code), Pothole, at);
}
