using System.Text.Json.Serialization;

namespace ThreeOneOne.Field.Agent.Sensing;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ReceiverNote))]
[JsonSerializable(typeof(List<RoadHour>))]
internal sealed partial class SensingJson : JsonSerializerContext;
