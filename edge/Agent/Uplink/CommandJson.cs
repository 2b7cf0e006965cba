using System.Text.Json.Serialization;

namespace ThreeOneOne.Field.Agent.Uplink;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(List<TakenCommand>))]
internal sealed partial class CommandJson : JsonSerializerContext;
