using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Profile;

/// <summary>How a device profile would fit this vehicle.</summary>
/// <param name="Faults">What is wrong, a sentence each; empty: it fits.</param>
/// <param name="Sources">Names of the sources that it would have (<see cref="Health.TrialSigns.Sources"/>).</param>
/// <param name="Hash"><see cref="SettingsDigest"/> of its keys that count.</param>
/// <param name="Local">Keys set on the vehicle, beside it or above.</param>
public sealed record DeviceProfileFit(IReadOnlyList<string> Faults, IReadOnlyList<string> Sources, string? Hash, IReadOnlyList<string> Local);
