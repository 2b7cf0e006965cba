namespace ThreeOneOne.Field.Hub.Profiles;

/// <summary>A roll-out as the API shows it.</summary>
/// <param name="Version">Its version.</param>
/// <param name="Kind">Why there is one.</param>
/// <param name="State">How it stands.</param>
/// <param name="Stages">Percent of its vehicles.</param>
/// <param name="Stage">The stage that is open, from 1.</param>
/// <param name="StageSince">When it opened.</param>
/// <param name="Vehicles">Vehicles that it changes.</param>
/// <param name="Open">Of them, those that may have it.</param>
/// <param name="Applied">Of them, those that proved it.</param>
/// <param name="Unwell">Of them, those that refused it or took it back.</param>
/// <param name="Reason">Why it stopped.</param>
/// <param name="By">Who began it.</param>
/// <param name="Made">When.</param>
public sealed record RollOutView(
    long Version, ReleaseKind Kind, RollOutState State, IReadOnlyList<int> Stages, int Stage, DateTimeOffset StageSince, int Vehicles, int Open, int Applied, int Unwell, string? Reason, string By,
    DateTimeOffset Made)
{
    public static RollOutView Of(Release release)
    {
        var rollOut = release.RollOut;
        return new RollOutView(
            rollOut.Version, release.Kind, rollOut.State, rollOut.Stages, rollOut.Stage + 1, rollOut.StageSince, rollOut.Vehicles.Count, rollOut.Open.Count(),
            rollOut.Vehicles.Count(v => v.Outcome == RollOutOutcome.Applied), rollOut.Vehicles.Count(v => v.IsBad), rollOut.Reason, release.By, release.Made);
    }
}
