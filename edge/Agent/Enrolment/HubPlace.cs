namespace ThreeOneOne.Field.Agent.Enrolment;

/// <summary>Where the hub is, and which vehicle this is: <c>hub.json</c> of the identity folder.</summary>
/// <param name="Vehicle">Id of the vehicle, the name in its certificate.</param>
/// <param name="Jurisdiction">In the topics.</param>
/// <param name="Kind">crewed or sensor-only, as the hub has it.</param>
/// <param name="Broker">The MQTT broker.</param>
/// <param name="Door">The hub's door for vehicles, HTTPS.</param>
public sealed record HubPlace(string Vehicle, string Jurisdiction, string Kind, HubPlace.Address Broker, HubPlace.Address Door)
{
    /// <param name="Host">Host name or IP address.</param>
    /// <param name="Port">TCP port.</param>
    public sealed record Address(string Host, int Port);
}
