using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Console;

/// <summary>An action as the screen lists it.</summary>
/// <param name="Id">Id of the action.</param>
/// <param name="Kind">What was done.</param>
/// <param name="Order">On which order.</param>
/// <param name="Taken">When, UTC.</param>
/// <param name="Automatic">By the geofence.</param>
/// <param name="Undone">Taken back.</param>
/// <param name="AtHub">The hub has acknowledged it.</param>
public sealed record ConsoleAction(string Id, CrewActionKind Kind, string? Order, DateTimeOffset Taken, bool Automatic, bool Undone, bool AtHub);
