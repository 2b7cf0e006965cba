using System.Text.Json.Serialization;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Sites;

/// <summary>How observations are kept for the evidence page: as on the wire.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(TolerantEnumConverter<LampVerdict>), typeof(TolerantEnumConverter<LampDoubt>), typeof(TolerantEnumConverter<ShockKind>)])]
[JsonSerializable(typeof(LampObservation))]
[JsonSerializable(typeof(ShockObservation))]
internal sealed partial class SitesJson : JsonSerializerContext;
