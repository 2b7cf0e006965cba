using System.Security.Cryptography.X509Certificates;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Enrolment;

/// <summary>Which authorities there are, and which vehicles still need the older one.</summary>
/// <param name="Authorities">The oldest first.</param>
/// <param name="Behind">Vehicles that trust only the older authority as far as they said, or whose certificate it signed.</param>
/// <param name="Total">Vehicles with a certificate that is not revoked.</param>
internal sealed record AuthorityStanding(IReadOnlyList<(string Fingerprint, DateTimeOffset End)> Authorities, IReadOnlyList<string> Behind, int Total)
{
    public static async Task<AuthorityStanding> ReadAsync(Database database, CertificateAuthority authority)
    {
        var rows = await database.ReadAsync(EnrolmentStore.Trust, default).ConfigureAwait(false);
        var all = authority.Generations;
        var newest = all[^1];
        return new AuthorityStanding(
            [.. all.Select(g => (g.Fingerprint, (DateTimeOffset)g.Certificate.NotAfter.ToUniversalTime()))],
            all.Count < 2 ? [] : [.. rows.Where(r => !Trusts(r, newest) || !IsSignedBy(r, newest)).Select(r => r.Vehicle)],
            rows.Count);
    }

    public IEnumerable<string> Lines()
    {
        foreach (var (at, (fingerprint, end)) in Authorities.Index())
            yield return $"{(at == Authorities.Count - 1 ? "signs  " : "trusted")}\t{fingerprint}\tuntil {end:yyyy-MM-dd}";
        if (Authorities.Count < 2)
        {
            yield return $"{Total} vehicles; no authority is being taken over";
            yield break;
        }

        yield return $"{Total - Behind.Count} of {Total} vehicles have taken the new authority over";
        foreach (var vehicle in Behind) yield return $"behind\t{vehicle}";
        yield return Behind.Count == 0 ? "field-hub authority retire ends the old one" : "they learn it when they next reach the vehicles' door";
    }

    private static bool Trusts(TrustRow row, AuthorityGeneration authority) => row.Authorities?.Split(',').Contains(authority.Fingerprint) ?? false;

    private static bool IsSignedBy(TrustRow row, AuthorityGeneration authority)
    {
        using var certificate = X509Certificate2.CreateFromPem(row.Pem);
        return certificate.IssuerName.RawData.AsSpan().SequenceEqual(authority.Certificate.SubjectName.RawData);
    }
}
