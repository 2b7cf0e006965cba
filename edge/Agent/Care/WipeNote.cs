using System.Text.Json.Serialization;

namespace ThreeOneOne.Field.Agent.Care;

/// <summary>That this vehicle is to be wiped: on disk before anything else, so that no restart forgets it.</summary>
/// <param name="Command">Id of the order.</param>
/// <param name="LeftSeconds">How long what is unsent may still take, seconds of running time; counted down on disk.</param>
internal sealed record WipeNote(string Command, double LeftSeconds);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(WipeNote))]
[JsonSerializable(typeof(WipingNote))]
internal sealed partial class CareJson : JsonSerializerContext;
