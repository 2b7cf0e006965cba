namespace ThreeOneOne.Field.FaultLab.Programs;

/// <summary>What the screen answered to a press.</summary>
/// <param name="Said">In a word.</param>
/// <param name="Epoch">Epoch of the saved record.</param>
/// <param name="Seq">Its number; 0 when nothing had to change.</param>
internal sealed record ScreenReply(Said Said, string? Epoch, long Seq);

/// <summary>What a crew knows after a press.</summary>
internal enum Said
{
    /// <summary>The vehicle died before it answered: it may be saved or not, and the crew presses again.</summary>
    Nothing = 0,
    Saved,

    /// <summary>It said that it is not saved.</summary>
    NotSaved,

    /// <summary>It makes no sense now.</summary>
    Refused,
}

/// <summary>What the screen shows.</summary>
/// <param name="Connected">The broker is reached.</param>
/// <param name="Unsent">Records that the hub has not acknowledged.</param>
/// <param name="UnsentActions">Crew actions among them.</param>
/// <param name="Shift">The shift's state.</param>
/// <param name="Orders">State of each order by id.</param>
/// <param name="FixAge">Age of the latest fix, seconds.</param>
internal sealed record ScreenState(bool Connected, int Unsent, int UnsentActions, string Shift, IReadOnlyDictionary<string, string> Orders, double? FixAge);
