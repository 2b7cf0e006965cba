namespace ThreeOneOne.Field.Hub.Verification;

/// <summary>A repair as people read it.</summary>
public sealed record RepairView
{
    public required string Request { get; init; }

    /// <summary>The work order's id.</summary>
    public required string Order { get; init; }

    /// <summary>lamp, pothole.</summary>
    public required string Kind { get; init; }

    /// <summary>settling, waiting, verified, doubtful or unverified.</summary>
    public required string State { get; init; }

    public required DateTimeOffset RepairedAt { get; init; }

    /// <summary>Passes count from here on.</summary>
    public required DateTimeOffset SettledAt { get; init; }

    /// <summary>Passes without the defect since, and the different vehicles among them.</summary>
    public required int PassesClear { get; init; }

    public required int Vehicles { get; init; }

    /// <summary>Passes with the defect since.</summary>
    public required int PassesFound { get; init; }

    public DateTimeOffset? FirstPass { get; init; }

    public DateTimeOffset? LastPass { get; init; }

    public DateTimeOffset? DecidedAt { get; init; }

    public static RepairView Of(Repair repair) => new()
    {
        Request = repair.Request, Order = repair.Source, Kind = repair.Kind, State = repair.State, RepairedAt = Time(repair.RepairedMs)!.Value,
        SettledAt = Time(repair.SettledMs)!.Value, PassesClear = repair.Clear, PassesFound = repair.Found, Vehicles = repair.Vehicles,
        FirstPass = Time(repair.FirstMs), LastPass = Time(repair.LastMs), DecidedAt = Time(repair.DecidedMs),
    };

    private static DateTimeOffset? Time(long? ms) => ms is { } value ? DateTimeOffset.FromUnixTimeMilliseconds(value) : null;
}
