namespace ThreeOneOne.Field.Hub.StreetLights;

/// <summary>What is known of a street light, as supervisors see it.</summary>
public enum PoleState
{
    /// <summary>No pass could tell.</summary>
    Unknown = 0,

    /// <summary>Burns as it usually does.</summary>
    Lit,

    /// <summary>One pass found it dark; not enough for a request.</summary>
    Suspected,

    /// <summary>Out.</summary>
    Out,

    /// <summary>Of several luminaires on the pole, some are out.</summary>
    Partial,

    /// <summary>Burns at much less than it used to.</summary>
    Dim,

    /// <summary>Now on, now off, on several nights.</summary>
    Cycling,

    /// <summary>Dark, and never seen to burn: it is out, or it shows nothing on the street. To be looked at once.</summary>
    NeverBurned,
}
