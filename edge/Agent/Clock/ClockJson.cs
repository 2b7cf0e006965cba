using System.Text.Json.Serialization;

namespace ThreeOneOne.Field.Agent.Clock;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ClockNote))]
internal sealed partial class ClockJson : JsonSerializerContext;
