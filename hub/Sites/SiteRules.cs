using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ThreeOneOne.Field.Hub.Sites;

/// <summary>
/// Names the rules by which sites are folded, so that whoever reads an old request knows under which it was opened: equal
/// names stand for equal rules.
/// </summary>
public static class SiteRules
{
    /// <summary>Raised whenever the code makes something else of the same observations and settings.</summary>
    private const int Revision = 9;

    /// <returns>Such as <c>sites-2-9f31c0aa</c>: the revision of the code, and eight digits that stand for all settings.</returns>
    public static string Version(SitesOptions options)
    {
        var text = new StringBuilder();
        foreach (var property in typeof(SitesOptions).GetProperties().Where(p => p.CanWrite).OrderBy(p => p.Name, StringComparer.Ordinal))
            text.Append(CultureInfo.InvariantCulture, $"{property.Name}={property.GetValue(options)};");
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()));
        return string.Create(CultureInfo.InvariantCulture, $"sites-{Revision}-{Convert.ToHexStringLower(hash.AsSpan(0, 4))}");
    }
}
