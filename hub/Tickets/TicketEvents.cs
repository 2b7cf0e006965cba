namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>A request was opened, or came back: somebody must do the work.</summary>
public sealed record RequestOpened(string Number);

/// <summary>A request was withdrawn before anybody began: orders that nobody has taken on lose their reason.</summary>
public sealed record RequestWithdrawn(string Number);

/// <summary>
/// A request ended without work in the field, or turned out to repeat another one: orders of it that nobody has taken on lose
/// their reason.
/// </summary>
public sealed record RequestEnded(string Number);

/// <summary>A request took a step of its escalation.</summary>
public sealed record AlertRaised(string Id);

/// <summary>Something changed that residents may read: a public line of the history.</summary>
public sealed record RequestUpdated(string Number, string UpdateId);

/// <summary>
/// Something changed of a request that may be seen outside, and not evidence alone: a system outside that hears at once when a pass is counted
/// would hear where a vehicle is.
/// </summary>
public sealed record PublicRequestChanged(string Number);

/// <summary>An event of the city, such as a snow storm, makes targets of services stand still from a time on.</summary>
/// <param name="Cause">Id of the event.</param>
/// <param name="Services">Service codes.</param>
/// <param name="From">Since when.</param>
public sealed record TargetsSuspended(string Cause, string[] Services, DateTimeOffset From);

/// <summary>The event is over, and targets of services go on.</summary>
/// <param name="Cause">Id of the event.</param>
/// <param name="Services">Service codes that no other event holds.</param>
/// <param name="To">Since when.</param>
public sealed record TargetsResumed(string Cause, string[] Services, DateTimeOffset To);
