using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ThreeOneOne.Field.Wire;

/// <summary>The identity of a set of settings, made alike by the hub from what it means and by the vehicle from what counts.</summary>
public static class SettingsDigest
{
    /// <param name="leaves">Keys such as <c>Motion:RateHz</c> with their values as text, in any order.</param>
    /// <returns>First 16 bytes of SHA-256 over lines <c>key=value</c> in ordinal order, as 32 hex digits.</returns>
    public static string Of(IEnumerable<KeyValuePair<string, string>> leaves)
    {
        var text = new StringBuilder();
        foreach (var (key, value) in leaves.OrderBy(l => l.Key, StringComparer.Ordinal)) text.Append(key).Append('=').Append(value).Append('\n');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 16));
    }

    /// <summary>The values of settings in JSON by key, null left out; a list is <c>[a, b]</c>.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Leaves(JsonElement settings, string path = "")
    {
        foreach (var member in settings.EnumerateObject())
        {
            var key = path.Length == 0 ? member.Name : $"{path}:{member.Name}";
            switch (member.Value.ValueKind)
            {
                case JsonValueKind.Object:
                    foreach (var inner in Leaves(member.Value, key)) yield return inner;
                    break;
                case JsonValueKind.Array:
                    yield return new(key, $"[{string.Join(", ", member.Value.EnumerateArray().Select(e => e.ToString()))}]");
                    break;
                case JsonValueKind.Null:
                    break;
                case JsonValueKind.String:
                    yield return new(key, member.Value.GetString()!);
                    break;
                default:
                    yield return new(key, member.Value.GetRawText());
                    break;
            }
        }
    }
}
