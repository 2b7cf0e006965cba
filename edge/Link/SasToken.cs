using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ThreeOneOne.Field.Link;

/// <summary>
/// Shared access signature of Azure IoT Hub: HMAC-SHA256 over the encoded resource, a line feed and the expiry.
/// https://learn.microsoft.com/azure/iot-hub/iot-hub-dev-guide-sas#security-token-structure
/// </summary>
public static class SasToken
{
    /// <param name="resource">What it opens, without protocol: <c>city.azure-devices.net/devices/unit-214</c>.</param>
    /// <param name="key">The key, as decoded from base64.</param>
    /// <param name="expires">When it ends, in whole seconds.</param>
    /// <param name="policy">Name of the shared access policy; null: the key is a device's own.</param>
    public static string Of(string resource, ReadOnlySpan<byte> key, DateTimeOffset expires, string? policy = null)
    {
        var encoded = Uri.EscapeDataString(resource);
        // Rounded up: a token must not end before its owner believes.
        var seconds = ((expires.ToUnixTimeMilliseconds() + 999) / 1000).ToString(CultureInfo.InvariantCulture);
        var signature = Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{encoded}\n{seconds}")));
        var token = $"SharedAccessSignature sr={encoded}&sig={Uri.EscapeDataString(signature)}&se={seconds}";
        return policy is null ? token : $"{token}&skn={Uri.EscapeDataString(policy)}";
    }

    /// <summary>Reads the key of a file that holds nothing else.</summary>
    /// <exception cref="FormatException">It holds no key in base64.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static byte[] ReadKey(string file)
    {
        var key = new byte[256];
        if (Convert.TryFromBase64String(File.ReadAllText(file).Trim(), key, out var length) && length >= 16) return key[..length];
        throw new FormatException($"{file} does not hold a key in base64 and nothing else");
    }
}
