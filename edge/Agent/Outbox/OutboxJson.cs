using System.Text.Json.Serialization;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Outbox;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Origin))]
[JsonSerializable(typeof(Tally))]
[JsonSerializable(typeof(WitnessWord))]
[JsonSerializable(typeof(ChainHead[]))]
internal sealed partial class OutboxJson : JsonSerializerContext;
