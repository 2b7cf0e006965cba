namespace ThreeOneOne.Field.Agent.Positioning;

/// <summary>What tells that a vehicle stands, besides its receiver.</summary>
/// <param name="StillSeconds">How long its accelerometer has felt nothing that moves it; null: not known.</param>
/// <param name="IgnitionOn">Its ignition; null: not known.</param>
internal readonly record struct StandingSigns(double? StillSeconds, bool? IgnitionOn)
{
    // A stop in traffic is over before it is believed.
    private const double RestSeconds = 5;

    /// <summary>It does not drive.</summary>
    public bool Rests => StillSeconds >= RestSeconds || IgnitionOn == false;
}
