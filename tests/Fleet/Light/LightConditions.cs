namespace ThreeOneOne.Field.Fleet.Light;

/// <summary>
/// What makes street lights hard to judge from a vehicle. The default is a plain city: lamps hang where the inventory has them
/// and burn alike all night. <see cref="Hard"/> is what an evaluation drives through.
/// </summary>
public sealed record LightConditions
{
    /// <summary>As real cities are, or worse.</summary>
    public static readonly LightConditions Hard = new()
    {
        PoleErrorM = 4, ShadedShare = 0.15, WeakShare = 0.01, DimmingShare = 0.5, Photocells = true, Moon = true,
    };

    /// <summary>Farthest that a lamp hangs from where the inventory has its pole, metres; half of it is one sigma each way.</summary>
    public double PoleErrorM { get; init; }

    /// <summary>Share of the lamps that a tree stands beside: in leaf it takes up to four fifths of their light on its side.</summary>
    public double ShadedShare { get; init; }

    /// <summary>Share of the lamps that light something else than the street and show a tenth to a third of the usual on it.</summary>
    public double WeakShare { get; init; }

    /// <summary>Share of the streets whose lamps burn at half their light from midnight to five, by the sun's clock.</summary>
    public double DimmingShare { get; init; }

    /// <summary>Lamps come on one by one at dusk and go at dawn, each by its own photocell; else all together.</summary>
    public bool Photocells { get; init; }

    /// <summary>The moon adds its light.</summary>
    public bool Moon { get; init; }
}
