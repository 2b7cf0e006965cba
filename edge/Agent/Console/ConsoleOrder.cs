using ThreeOneOne.Field.Agent.WorkOrders;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Console;

/// <summary>An order as the screen shows it.</summary>
/// <param name="Id">Order id, for actions.</param>
/// <param name="Number">Number for people.</param>
/// <param name="Request">Number of the service request.</param>
/// <param name="Service">Service code.</param>
/// <param name="Title">What to do.</param>
/// <param name="Address">Where.</param>
/// <param name="Lat">Degrees north.</param>
/// <param name="Lon">Degrees east.</param>
/// <param name="Pole">Pole id of a street light.</param>
/// <param name="Priority">1 is most urgent.</param>
/// <param name="TargetDate">When it should be done.</param>
/// <param name="Note">From the office.</param>
/// <param name="State">State with the vehicle's own actions.</param>
/// <param name="DistanceM">From the latest fix, metres; null without one.</param>
/// <param name="BearingDeg">From the latest fix, degrees from north; null without one.</param>
/// <param name="Kind">repair, make-safe, permanent or inspection.</param>
/// <param name="Emergency">It interrupts other work.</param>
/// <param name="MustAcknowledge">Show it above everything until somebody acknowledges it.</param>
/// <param name="Stops">The places to go to, in order; null: one place.</param>
/// <param name="Area">Corners of the area or ends of the block face that it covers; null: one place.</param>
public sealed record ConsoleOrder(
    string Id, string Number, string? Request, string Service, string Title, string? Address, double Lat, double Lon,
    string? Pole, int Priority, DateTimeOffset? TargetDate, string? Note, OrderState State, double? DistanceM, double? BearingDeg,
    string Kind, bool Emergency, bool MustAcknowledge, IReadOnlyList<OrderStop>? Stops, IReadOnlyList<GeoPoint>? Area);
