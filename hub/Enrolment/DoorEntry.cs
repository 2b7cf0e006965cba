namespace ThreeOneOne.Field.Hub.Enrolment;

/// <summary>Who is let through the vehicles' door to an endpoint.</summary>
public enum DoorEntry
{
    /// <summary>A vehicle whose certificate is good now.</summary>
    Vehicle,

    /// <summary>Also one whose certificate has run out within the grace: it proves its key, and may do nothing but renew.</summary>
    Renewal,

    /// <summary>Anybody: what comes before a vehicle has a certificate.</summary>
    Anybody,
}
