using System.Text.Json.Serialization;

namespace ThreeOneOne.Field.Agent.Enrolment;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(HubPlace))]
[JsonSerializable(typeof(IdentityAnswer))]
[JsonSerializable(typeof(EnrolmentRequest))]
[JsonSerializable(typeof(RenewalRequest))]
[JsonSerializable(typeof(DoorProblem))]
internal sealed partial class EnrolmentJson : JsonSerializerContext;
