namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>When the evidence of a request began and when it was last added to; shown outside as days only.</summary>
public readonly record struct EvidenceDays(DateTimeOffset First, DateTimeOffset Last);
