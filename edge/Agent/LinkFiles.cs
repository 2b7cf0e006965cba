using ThreeOneOne.Field.Link;
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
        if (Wrong(() => LinkCertificate.Read(link.CaFile)) is { } authority)
            yield return new SettingsError("Link:CaFile", link.CaFile, $"the PEM certificate of the authority; {authority}");
        string? name = null;
        if (Wrong(() => name = LinkCertificate.Read(link.CertificateFile).Name) is { } certificate)
            yield return new SettingsError("Link:CertificateFile", link.CertificateFile, $"the PEM certificate of this vehicle; {certificate}");
        else if (name != vehicle)
            yield return new SettingsError("Link:CertificateFile", link.CertificateFile, $"the certificate of {vehicle}; this one names {name}");
        else if (Wrong(() => LinkCertificate.Read(link.CertificateFile, link.KeyFile)) is { } key)
            yield return new SettingsError("Link:KeyFile", link.KeyFile, $"the PEM private key of Link:CertificateFile; {key}");
    }

    /// <summary>When the certificates of the link begin: times that an authority has seen.</summary>
    public static IEnumerable<DateTimeOffset> Begins(LinkSettings link)
    {
        if (link.CaFile.Length > 0) yield return LinkCertificate.Read(link.CaFile).Begins;
        if (link.CertificateFile.Length > 0) yield return LinkCertificate.Read(link.CertificateFile).Begins;
    }

    private static string? Wrong(Action read)
    {
        try
        {
            read();
            return null;
        }
        catch (InvalidDataException e)
        {
            return e.Message;
        }
    }
}
