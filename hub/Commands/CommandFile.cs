namespace ThreeOneOne.Field.Hub.Commands;

/// <summary>A packed log or raw readings that a command brought: <c>GET /api/vehicles/{id}/commands/{command}/file</c>.</summary>
/// <param name="Sha256">Of its bytes.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="State"><c>on-its-way</c>, <c>received</c>, <c>refused</c>, or <c>gone</c>: kept long enough.</param>
/// <param name="Received">Bytes that are here.</param>
public sealed record CommandFile(string Sha256, long Bytes, string State, long Received);
