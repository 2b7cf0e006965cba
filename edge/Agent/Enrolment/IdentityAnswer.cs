namespace ThreeOneOne.Field.Agent.Enrolment;

/// <summary>What the hub tells a vehicle through its door.</summary>
/// <param name="Vehicle">Id of the vehicle.</param>
/// <param name="Jurisdiction">In the topics.</param>
/// <param name="Kind">crewed or sensor-only.</param>
/// <param name="Authorities">PEM certificates to trust.</param>
/// <param name="Broker">The MQTT broker.</param>
/// <param name="Door">The door itself.</param>
/// <param name="ProfileKeys">PEM public keys that sign profiles; may be empty.</param>
/// <param name="Certificate">The vehicle's certificate, PEM; null when it keeps the one it has.</param>
/// <param name="Renew">True: the hub wants the vehicle to renew now.</param>
internal sealed record IdentityAnswer(
    string Vehicle, string Jurisdiction, string Kind, string Authorities, HubPlace.Address Broker, HubPlace.Address Door, string ProfileKeys, string? Certificate, bool Renew)
{
    [System.Text.Json.Serialization.JsonIgnore]
    public HubPlace Place => new(Vehicle, Jurisdiction, Kind, Broker, Door);
}
