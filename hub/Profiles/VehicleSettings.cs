using System.Text.Json.Nodes;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Profiles;

/// <summary>What one vehicle is told, put together.</summary>
/// <param name="Settings">Settings by section and key, without null and comments.</param>
/// <param name="Origins">Key such as <c>Motion:RateHz</c> → the file that said so.</param>
public sealed record VehicleSettings(JsonObject Settings, IReadOnlyDictionary<string, string> Origins)
{
    /// <summary><see cref="SettingsDigest"/> of the settings.</summary>
    public string Digest => SettingsDigest.Of(Leaves);

    /// <summary>Values as text by key.</summary>
    public IReadOnlyDictionary<string, string> Leaves =>
        new SortedDictionary<string, string>(SettingsDigest.Leaves(System.Text.Json.JsonSerializer.SerializeToElement(Settings)).ToDictionary(), StringComparer.Ordinal);
}
