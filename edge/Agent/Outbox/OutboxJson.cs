using System.Text.Json.Serialization;

namespace ThreeOneOne.Field.Agent.Outbox;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Origin))]
[JsonSerializable(typeof(Tally))]
internal sealed partial class OutboxJson : JsonSerializerContext;
