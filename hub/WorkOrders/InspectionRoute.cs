using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>Places that are looked at again and again.</summary>
/// <param name="Id">One to 32 of a-z, 0-9 and -.</param>
/// <param name="Name">On screens and orders.</param>
/// <param name="Service">Service that a defect found on it belongs to.</param>
/// <param name="Crew">Crew that gets it; null: it waits for one.</param>
/// <param name="Stops">The places, in order.</param>
/// <param name="EveryDays">Days between two orders.</param>
/// <param name="AtMinute">Minute of the city's local day at which the order is made.</param>
/// <param name="NextDay">Local date of the next order.</param>
/// <param name="Active">False: it rests.</param>
public sealed record InspectionRoute(
    string Id, string Name, string Service, string? Crew, IReadOnlyList<OrderStop> Stops, int EveryDays, int AtMinute, DateOnly NextDay, bool Active)
{
    /// <summary>The instant of a minute of a local day; one that the clocks leave out is the first after the gap.</summary>
    public static DateTimeOffset Instant(DateOnly day, int minute, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(TimeOnly.MinValue).AddMinutes(minute);
        while (zone.IsInvalidTime(local)) local = local.AddMinutes(1);
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }

    public DateTimeOffset NextAt(TimeZoneInfo zone) => Instant(NextDay, AtMinute, zone);

    /// <summary>The route after an order was made at a time: a hub that was off for a week makes one order, not seven.</summary>
    public InspectionRoute After(DateTimeOffset now, TimeZoneInfo zone)
    {
        var next = this;
        do next = next with { NextDay = next.NextDay.AddDays(EveryDays) };
        while (next.NextAt(zone) <= now);
        return next;
    }
}
