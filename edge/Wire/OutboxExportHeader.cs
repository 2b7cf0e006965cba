namespace ThreeOneOne.Field.Wire;

/// <summary>What an exported outbox says before its messages.</summary>
/// <param name="Version">Version of the contract, 1.</param>
/// <param name="Jurisdiction">Jurisdiction of the vehicle's topics.</param>
/// <param name="Vehicle">Vehicle id; equals the CN of <paramref name="Certificate"/>.</param>
/// <param name="Made">The vehicle's clock when it was made, UTC.</param>
/// <param name="Certificate">
/// PEM of the vehicle's certificate, which the file is signed for. A reader trusts it only when its own authority issued it.
/// </param>
public sealed record OutboxExportHeader(int Version, string Jurisdiction, string Vehicle, DateTimeOffset Made, string Certificate);
