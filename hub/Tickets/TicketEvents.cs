namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>A request was opened, or came back: somebody must do the work.</summary>
public sealed record RequestOpened(string Number);

/// <summary>A request was withdrawn before anybody began: orders that nobody has taken on lose their reason.</summary>
public sealed record RequestWithdrawn(string Number);
