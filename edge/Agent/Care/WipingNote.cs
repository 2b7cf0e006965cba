namespace ThreeOneOne.Field.Agent.Care;

/// <summary>That a wipe is beyond taking back: readable without any key, in the data folder.</summary>
/// <param name="Command">Id of the order.</param>
/// <param name="Step"><see cref="Destroy"/> or <see cref="Empty"/>.</param>
/// <param name="Targets">What goes.</param>
internal sealed record WipingNote(string Command, string Step, WipeTargets Targets)
{
    /// <summary>Keys and identity are being destroyed, or may be written anew until the program has ended.</summary>
    public const string Destroy = "destroy";

    /// <summary>They are gone for good; the data folder is being emptied.</summary>
    public const string Empty = "empty";
}
