using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Enrolment;

/// <summary>
/// Who is barred, for every way that a vehicle may come in by. Asked of the books each time, so that nobody is let in by what was
/// remembered: a command beside the hub may have revoked a vehicle a moment ago.
/// </summary>
public sealed class VehicleStandings(Database database)
{
    private sealed record Held(long Changes, IReadOnlySet<string> Barred);

    private volatile Held? held;

    /// <summary>Vehicles that may neither say nor hear anything. One row is read while nothing has changed.</summary>
    public async ValueTask<IReadOnlySet<string>> BarredAsync(CancellationToken cancel)
    {
        var before = held;
        var now = await database.ReadAsync(
            c => EnrolmentStore.Changes(c) is var changes && before?.Changes == changes ? before : new Held(changes, EnrolmentStore.Barred(c).ToHashSet(StringComparer.Ordinal)),
            cancel).ConfigureAwait(false);
        return (held = now).Barred;
    }

    /// <summary>Every vehicle of which somebody ever revoked something: whoever checks certificates without this hub's lists must be told of it.</summary>
    /// <returns>By vehicle: whether it is barred, and SHA-256 of its good certificates in upper-case hexadecimal, the newest first.</returns>
    public async ValueTask<IReadOnlyDictionary<string, (bool IsBarred, IReadOnlyList<string> Good)>> EverRevokedAsync(CancellationToken cancel)
    {
        var (rows, barred) = await database.ReadAsync(c => (EnrolmentStore.EverRevoked(c), EnrolmentStore.Barred(c).ToHashSet(StringComparer.Ordinal)), cancel).ConfigureAwait(false);
        return rows.GroupBy(r => r.Vehicle, StringComparer.Ordinal).ToDictionary(
            g => g.Key, g => (barred.Contains(g.Key), (IReadOnlyList<string>)[.. g.Select(r => r.Pem).OfType<string>().Select(Fingerprint)]), StringComparer.Ordinal);
    }

    private static string Fingerprint(string pem)
    {
        using var certificate = X509Certificate2.CreateFromPem(pem);
        return certificate.GetCertHashString(HashAlgorithmName.SHA256);
    }
}
