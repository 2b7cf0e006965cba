namespace ThreeOneOne.Field.Hub.Profiles;

/// <summary>A roll-out as it is kept.</summary>
/// <param name="RollOut">How it stands.</param>
/// <param name="Kind">Why there is one.</param>
/// <param name="Era">The store that it was made in: a restored hub gives what it means a new version.</param>
/// <param name="By">Who began it.</param>
/// <param name="Made">When.</param>
public sealed record Release(RollOut RollOut, ReleaseKind Kind, string Era, string By, DateTimeOffset Made);
