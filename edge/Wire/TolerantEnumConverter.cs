using System.Text.Json;
using System.Text.Json.Serialization;

namespace ThreeOneOne.Field.Wire;

/// <summary>
/// Enums as camelCase words. A word that this version does not know becomes the enum's zero, which every wire enum
/// names <c>Unknown</c>: a newer vehicle must never make an older hub refuse a whole record.
/// </summary>
public sealed class TolerantEnumConverter<T> : JsonConverter<T>
    where T : struct, Enum
{
    private static readonly Dictionary<string, T> ByWord =
        Enum.GetValues<T>().ToDictionary(v => Word(v), StringComparer.OrdinalIgnoreCase);

    private static readonly Dictionary<T, string> ByValue = Enum.GetValues<T>().ToDictionary(v => v, Word);

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && ByWord.TryGetValue(reader.GetString()!, out var value)
            ? value
            : default;

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(ByValue.TryGetValue(value, out var word) ? word : ByValue[default]);

    private static string Word(T value) => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
