namespace ThreeOneOne.Field.Hub.Open311;

/// <summary>A report that was answered with a token.</summary>
/// <param name="Token">What its sender holds.</param>
/// <param name="Request">Number of the request that it led to; null while it waits for a place on the map.</param>
/// <param name="Service">Service code.</param>
/// <param name="Address">As the reporter wrote it.</param>
/// <param name="AddressId">As the reporter's program knows it.</param>
/// <param name="Description">What is wrong.</param>
/// <param name="Attributes">Answers to what the service asks.</param>
/// <param name="ReceivedAt">When it came in.</param>
public sealed record WaitingReport(
    string Token, string? Request, string Service, string? Address, string? AddressId, string? Description,
    IReadOnlyDictionary<string, string> Attributes, DateTimeOffset ReceivedAt);
