using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ThreeOneOne.Field.Support.IotHub;

/// <summary>Checks a shared access signature, written from the documentation and not from the code under test.</summary>
internal static class SasCheck
{
    /// <returns>When it expires; null with the reason when it does not hold.</returns>
    public static DateTimeOffset? Expiry(string? token, string resource, Func<string?, byte[]?> keyOf, DateTimeOffset now, out string reason)
    {
        reason = "no token";
        if (token is null || !token.StartsWith("SharedAccessSignature ", StringComparison.Ordinal)) return null;
        var parts = token["SharedAccessSignature ".Length..].Split('&').Select(p => p.Split('=', 2)).Where(p => p.Length == 2).ToDictionary(p => p[0], p => p[1]);
        reason = "a token without sr, sig or se";
        if (!parts.TryGetValue("sr", out var scope) || !parts.TryGetValue("sig", out var signature) || !parts.TryGetValue("se", out var seconds)) return null;
        var policy = parts.GetValueOrDefault("skn");
        reason = "a token of nobody that is known";
        if (keyOf(policy) is not { } key) return null;
        var right = Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(scope + "\n" + seconds)));
        reason = "a wrong signature";
        if (Uri.UnescapeDataString(signature) != right) return null;
        var prefix = Uri.UnescapeDataString(scope);
        reason = "a token for something else";
        if (!resource.Equals(prefix, StringComparison.OrdinalIgnoreCase) && !resource.StartsWith(prefix + "/", StringComparison.OrdinalIgnoreCase)) return null;
        var expires = DateTimeOffset.FromUnixTimeSeconds(long.Parse(seconds, CultureInfo.InvariantCulture));
        reason = "an expired token";
        return expires > now ? expires : null;
    }
}
