namespace ThreeOneOne.Field.Hub.Profiles;

/// <summary>A key of one vehicle that two sets of profiles say differently.</summary>
/// <param name="Vehicle">The vehicle.</param>
/// <param name="Key">The key.</param>
/// <param name="Before">Its value, and the file that said so; null: not said.</param>
/// <param name="After">As <paramref name="Before"/>.</param>
public sealed record ProfileDifference(string Vehicle, string Key, (string Value, string Origin)? Before, (string Value, string Origin)? After)
{
    /// <summary>All differences, by vehicle and key.</summary>
    public static IEnumerable<ProfileDifference> Between(IReadOnlyDictionary<string, VehicleSettings> before, IReadOnlyDictionary<string, VehicleSettings> after)
    {
        foreach (var vehicle in before.Keys.Union(after.Keys).Order(StringComparer.Ordinal))
        {
            var (old, now) = (before.GetValueOrDefault(vehicle), after.GetValueOrDefault(vehicle));
            var (oldLeaves, nowLeaves) = (old?.Leaves, now?.Leaves);
            foreach (var key in (oldLeaves?.Keys ?? []).Union(nowLeaves?.Keys ?? []).Order(StringComparer.Ordinal))
            {
                var was = Said(old, oldLeaves, key);
                var says = Said(now, nowLeaves, key);
                if (was?.Value != says?.Value) yield return new ProfileDifference(vehicle, key, was, says);
            }
        }
    }

    public override string ToString() => $"{Vehicle}\t{Key}\t{Words(Before)}\t→ {Words(After)}";

    private static (string Value, string Origin)? Said(VehicleSettings? settings, IReadOnlyDictionary<string, string>? leaves, string key) =>
        leaves is not null && leaves.TryGetValue(key, out var value) ? (value, settings!.Origins.GetValueOrDefault(key, "")) : null;

    private static string Words((string Value, string Origin)? said) => said is var (value, origin) ? origin.Length > 0 ? $"{value} ({origin})" : value : "not said";
}
