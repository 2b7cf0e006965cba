namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>Requests that one kind of reporter opened in a district.</summary>
/// <param name="District">Id; empty where no district is.</param>
/// <param name="Source">sensor, crew, person or resident.</param>
/// <param name="Requests">How many, reports that repeat another included.</param>
public sealed record OpenedCount(string District, string Source, long Requests);
