namespace ThreeOneOne.Field.Hub.Responsibility;

/// <summary>Somebody who answers for assets or streets.</summary>
/// <param name="Id">Stable id, such as <c>city</c>.</param>
/// <param name="Name">On screens and in letters.</param>
/// <param name="Kind">What it is to the city.</param>
/// <param name="ChaseDays">Days after which its answer is chased; null for the usual.</param>
public sealed record Party(string Id, string Name, PartyKind Kind, int? ChaseDays = null);
