using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Rehearsal;

/// <summary>A request that rules would have opened.</summary>
public sealed record RehearsedRequest(
    string Number, string Service, string Status, string? Pole, string? Site, GeoPoint At, string? Address, DateTimeOffset OpenedAt, int For, int Against)
{
    public bool IsWithdrawn => Status == "withdrawn";
}
