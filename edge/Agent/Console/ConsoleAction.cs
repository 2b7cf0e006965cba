using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Console;

/// <summary>An action as the screen lists it.</summary>
/// <param name="Id">Id of the action.</param>
/// <param name="Kind">What was done.</param>
/// <param name="Order">On which order.</param>
/// <param name="Label">Number and title of that order when it was done.</param>
/// <param name="Service">Service code, or kind of danger, of what was found on the spot.</param>
/// <param name="Taken">When, UTC.</param>
/// <param name="Automatic">By the geofence.</param>
/// <param name="Undone">Taken back.</param>
/// <param name="AtHub">The hub has acknowledged it.</param>
/// <param name="Mine">A person of this shift did it: it can be taken back while the shift lasts.</param>
public sealed record ConsoleAction(
    string Id, CrewActionKind Kind, string? Order, string? Label, string? Service, DateTimeOffset Taken, bool Automatic, bool Undone, bool AtHub, bool Mine);
