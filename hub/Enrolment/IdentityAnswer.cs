using ThreeOneOne.Field.Hub.Vehicles;

namespace ThreeOneOne.Field.Hub.Enrolment;

/// <summary>What a vehicle needs to know to be one of this hub's.</summary>
/// <param name="Vehicle">Its id, the name in its certificate.</param>
/// <param name="Jurisdiction">In the topics.</param>
/// <param name="Kind">Crewed or sensor-only.</param>
/// <param name="Authorities">PEM certificates to trust, the newest first.</param>
/// <param name="Broker">Host and port of the MQTT broker.</param>
/// <param name="Door">Host and port of the vehicles' door.</param>
/// <param name="ProfileKeys">PEM public keys that sign profiles; may be empty.</param>
/// <param name="Certificate">The vehicle's certificate, PEM; null when it keeps the one it has.</param>
/// <param name="Renew">True: the hub wants the vehicle to renew now, whatever the age of its certificate.</param>
internal sealed record IdentityAnswer(
    string Vehicle, string Jurisdiction, VehicleKind Kind, string Authorities, BrokerPlace.Address Broker, BrokerPlace.Address Door, string ProfileKeys, string? Certificate, bool Renew);
