using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Console;

/// <summary>What the screen shows of rooms that it does not see.</summary>
/// <param name="Connected">True while the broker is reached.</param>
/// <param name="CutSince">Since when it is not; null while it is.</param>
/// <param name="Offline">How long the vehicle can go on alone.</param>
/// <param name="Lux">Latest reading of the light sensor, lux; null without one.</param>
public sealed record ConsoleSights(Func<bool> Connected, Func<DateTimeOffset?> CutSince, Func<OfflineBudget> Offline, Func<double?> Lux);
