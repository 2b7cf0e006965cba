using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ThreeOneOne.Field.Settings;

namespace ThreeOneOne.Field.Agent;

/// <summary>
/// Reads the link's three files before it starts: what is in them a technician can mend at the bench, while a handshake
/// that fails on the road says little.
/// </summary>
internal static class LinkFiles
{
    /// <param name="link">Settings whose files exist.</param>
    /// <param name="vehicle">Id that the certificate must name.</param>
    public static IEnumerable<SettingsError> Check(LinkSettings link, string vehicle)
    {
        if (link.CaFile.Length == 0) yield break;
        if (Wrong(() => X509CertificateLoader.LoadCertificateFromFile(link.CaFile).Dispose()) is { } authority)
            yield return new SettingsError("Link:CaFile", link.CaFile, $"the PEM certificate of the authority; {authority}");
        string? name = null;
        if (Wrong(() => name = NameIn(link.CertificateFile)) is { } certificate)
            yield return new SettingsError("Link:CertificateFile", link.CertificateFile, $"the PEM certificate of this vehicle; {certificate}");
        else if (name != vehicle)
            yield return new SettingsError("Link:CertificateFile", link.CertificateFile, $"the certificate of {vehicle}; this one names {name}");
        else if (Wrong(() => X509Certificate2.CreateFromPemFile(link.CertificateFile, link.KeyFile).Dispose()) is { } key)
            yield return new SettingsError("Link:KeyFile", link.KeyFile, $"the PEM private key of Link:CertificateFile; {key}");
    }

    /// <summary>When the certificates of the link begin: times that an authority has seen.</summary>
    public static IEnumerable<DateTimeOffset> Begins(LinkSettings link)
    {
        if (link.CaFile.Length == 0) yield break;
        foreach (var file in new[] { link.CaFile, link.CertificateFile })
        {
            using var certificate = X509CertificateLoader.LoadCertificateFromFile(file);
            yield return certificate.NotBefore;
        }
    }

    private static string NameIn(string path)
    {
        using var certificate = X509CertificateLoader.LoadCertificateFromFile(path);
        return certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false);
    }

    private static string? Wrong(Action read)
    {
        try
        {
            read();
            return null;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
    }
}
