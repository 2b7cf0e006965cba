using System.Text.Json.Serialization;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Shifts;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters = [typeof(TolerantEnumConverter<ShiftState>), typeof(TolerantEnumConverter<ClockSource>)])]
[JsonSerializable(typeof(Shift))]
internal sealed partial class ShiftJson : JsonSerializerContext;
