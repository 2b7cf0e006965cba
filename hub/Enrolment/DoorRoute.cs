namespace ThreeOneOne.Field.Hub.Enrolment;

/// <summary>Marks an endpoint of the vehicles' door. It is served there alone, and the door serves nothing else.</summary>
/// <param name="Entry">Whose certificate is enough.</param>
public sealed record DoorRoute(DoorEntry Entry);
