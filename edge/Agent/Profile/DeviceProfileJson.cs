using System.Text.Json.Serialization;

namespace ThreeOneOne.Field.Agent.Profile;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(HeldDeviceProfile))]
internal sealed partial class DeviceProfileJson : JsonSerializerContext;
