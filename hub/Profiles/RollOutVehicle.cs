namespace ThreeOneOne.Field.Hub.Profiles;

/// <summary>One vehicle of a roll-out.</summary>
/// <param name="Vehicle">Its id.</param>
/// <param name="Stage">Number of its stage, from 0.</param>
/// <param name="Outcome">How far it is.</param>
/// <param name="Since">Since when it is so; null while nothing was heard.</param>
/// <param name="Reason">Why it was refused or rolled back.</param>
public sealed record RollOutVehicle(string Vehicle, int Stage, RollOutOutcome Outcome = RollOutOutcome.Waiting, DateTimeOffset? Since = null, string? Reason = null)
{
    public bool IsBad => Outcome is RollOutOutcome.Refused or RollOutOutcome.RolledBack;
}
