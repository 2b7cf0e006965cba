using ThreeOneOne.Field.FaultLab.Programs;

namespace ThreeOneOne.Field.FaultLab.Work;

/// <summary>One press of a button on a crew's screen. Its note is how the hub's histories are searched for it.</summary>
internal sealed class Press(string note, string kind, string? order)
{
    private bool destroyed;

    public string Note { get; } = note;

    public string Kind { get; } = kind;

    /// <summary>Null for work that was found on the way.</summary>
    public string? Order { get; } = order;

    public int Tries { get; set; }

    /// <summary>SHA-256 of its photo, which the screen called saved; null for none.</summary>
    public string? Photo { get; set; }

    /// <summary>A check has found the photo at the hub, byte for byte.</summary>
    public bool PhotoFound { get; set; }

    public Said Said { get; set; }

    public string? Epoch { get; set; }

    public long Seq { get; set; }

    /// <summary>The lab destroyed its record on purpose: a gap, not a loss.</summary>
    public bool Destroyed
    {
        get => destroyed || TakesBack is { Destroyed: true };
        set => destroyed = value;
    }

    /// <summary>For an undo: what it takes back. Without that the hub cannot know which order it was.</summary>
    public Press? TakesBack { get; init; }

    /// <summary>A check has found it at the hub.</summary>
    public bool Found { get; set; }
}
