using System.Text.Json.Serialization;

namespace ThreeOneOne.Field.Agent.Health;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(TrialRecord))]
internal sealed partial class TrialJson : JsonSerializerContext;
