using System.Text.Json.Serialization;
using ThreeOneOne.Field.Agent.WorkOrders;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Console;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters =
    [
        typeof(TolerantEnumConverter<ShiftState>),
        typeof(TolerantEnumConverter<CrewActionKind>),
        typeof(TolerantEnumConverter<VehicleActivity>),
        typeof(JsonStringEnumConverter<OrderState>),
        typeof(JsonStringEnumConverter<VehicleKind>),
    ])]
[JsonSerializable(typeof(ConsoleState))]
[JsonSerializable(typeof(ShiftRequest))]
[JsonSerializable(typeof(ActionRequest))]
[JsonSerializable(typeof(SayRequest))]
[JsonSerializable(typeof(SavedReply))]
[JsonSerializable(typeof(AttachmentReply))]
[JsonSerializable(typeof(ConsoleProblem))]
internal sealed partial class ConsoleJson : JsonSerializerContext;
