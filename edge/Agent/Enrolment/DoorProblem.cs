namespace ThreeOneOne.Field.Agent.Enrolment;

/// <summary>Why the hub refused (RFC 9457).</summary>
internal sealed record DoorProblem(string? Detail = null);
