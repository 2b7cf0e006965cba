using ThreeOneOne.Field.Agent.Positioning.Matching;

namespace ThreeOneOne.Field.Agent.Sensing;

/// <summary>What sensing knows of the city. Immutable: loaded once, shared by all vehicles of a process.</summary>
/// <param name="Poles">Null: lamps are not assessed.</param>
/// <param name="Streets">Null: observations of vehicles without a crew cannot be cut to a segment and are not made.</param>
public sealed record SensingCity(PoleIndex? Poles, StreetNet? Streets)
{
    /// <exception cref="InvalidDataException">A named file is not what it should be.</exception>
    public static SensingCity Load(CityOptions options) => new(
        options.PolesFile.Length == 0 ? null : PoleIndex.Load(options.PolesFile),
        options.StreetsFile.Length == 0 ? null : StreetNet.Load(options.StreetsFile));
}
