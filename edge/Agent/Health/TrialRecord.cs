namespace ThreeOneOne.Field.Agent.Health;

/// <summary>A trial on disk. Its limits are those from before the change, which must not judge itself.</summary>
internal sealed record TrialRecord
{
    /// <summary>What is tried, such as <c>profile 12</c>.</summary>
    public required string Change { get; init; }

    /// <summary>Sources that must work, because they did before.</summary>
    public required string[] WorkedBefore { get; init; }

    public required double Minutes { get; init; }

    public required double SettleSeconds { get; init; }

    public required double PatienceMinutes { get; init; }

    public required int MostStarts { get; init; }

    /// <summary>Starts that have not ended cleanly, the present one among them.</summary>
    public int Starts { get; init; }
}
