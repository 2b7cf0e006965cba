using System.Text.Json.Serialization;

namespace ThreeOneOne.Field.Agent.Uplink;

[JsonSerializable(typeof(Dictionary<string, DateTimeOffset>))]
internal sealed partial class CommandJson : JsonSerializerContext;
