using ThreeOneOne.Field.Hub.Assets;
using ThreeOneOne.Field.Hub.Imports;

namespace ThreeOneOne.Field.Hub.Tests.Assets;

/// <summary>The street lights of the demo's city.</summary>
internal static class CambridgeLights
{
    public static IReadOnlyList<StreetLight> All { get; } =
        [.. StreetLightRows.Read(CityFile.Layer(new AssetsOptions().StreetLightsFile), new StreetLightColumns(), null, new ImportTally())];
}
