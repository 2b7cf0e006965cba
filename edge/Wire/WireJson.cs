using System.Text.Json.Serialization;

namespace ThreeOneOne.Field.Wire;

/// <summary>
/// Source-generated JSON of the contract: camelCase, absent members omitted, unknown members ignored, enums as words with
/// unknown words read as <c>Unknown</c>. Members are only ever added.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.Strict,
    // Without it {"stamp":null} passes as a record, and fails wherever somebody first looks at the stamp.
    RespectNullableAnnotations = true,
    Converters =
    [
        typeof(TolerantEnumConverter<ClockSource>),
        typeof(TolerantEnumConverter<CommandOutcome>),
        typeof(TolerantEnumConverter<CrewActionKind>),
        typeof(TolerantEnumConverter<DeviceProfileOutcome>),
        typeof(TolerantEnumConverter<FileProgress>),
        typeof(TolerantEnumConverter<LampVerdict>),
        typeof(TolerantEnumConverter<LampDoubt>),
        typeof(TolerantEnumConverter<RecordKind>),
        typeof(TolerantEnumConverter<ShiftState>),
        typeof(TolerantEnumConverter<ShockKind>),
        typeof(TolerantEnumConverter<VehicleActivity>),
    ])]
[JsonSerializable(typeof(WireRecord))]
[JsonSerializable(typeof(LivePosition))]
[JsonSerializable(typeof(VehicleStatus))]
[JsonSerializable(typeof(Ack))]
[JsonSerializable(typeof(OrdersState))]
[JsonSerializable(typeof(ProfileState))]
[JsonSerializable(typeof(HazardsState))]
[JsonSerializable(typeof(HazardCopy[]))]
[JsonSerializable(typeof(VehicleProfile))]
[JsonSerializable(typeof(DeviceProfile))]
[JsonSerializable(typeof(Command))]
[JsonSerializable(typeof(FileState))]
[JsonSerializable(typeof(OutboxExportHeader))]
public sealed partial class WireJson : JsonSerializerContext;
