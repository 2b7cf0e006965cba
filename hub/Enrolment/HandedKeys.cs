namespace ThreeOneOne.Field.Hub.Enrolment;

/// <summary>Public keys that a vehicle gets with its certificate: what signs its profiles. Filled by whoever owns them.</summary>
public sealed class HandedKeys
{
    private volatile string profiles = "";

    /// <summary>PEM blocks PUBLIC KEY; empty while there are none.</summary>
    public string ProfilePem
    {
        get => profiles;
        set => profiles = value;
    }
}
