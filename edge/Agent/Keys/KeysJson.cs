using System.Text.Json.Serialization;

namespace ThreeOneOne.Field.Agent.Keys;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(WrappedKey))]
internal sealed partial class KeysJson : JsonSerializerContext;
