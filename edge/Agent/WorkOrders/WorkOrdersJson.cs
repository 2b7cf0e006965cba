using System.Text.Json.Serialization;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.WorkOrders;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(TolerantEnumConverter<CrewActionKind>)])]
[JsonSerializable(typeof(List<OwnAction>))]
internal sealed partial class WorkOrdersJson : JsonSerializerContext;
