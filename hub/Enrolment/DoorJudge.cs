using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http.Features;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Vehicles;

namespace ThreeOneOne.Field.Hub.Enrolment;

/// <summary>Says for each call whether the certificate that was shown is enough, from the hub's own books.</summary>
internal sealed class DoorJudge(EnrolmentOptions options, CertificateAuthority authority, VehicleRegistry registry, Database database, TimeProvider time)
{
    /// <returns>Why not; null when the call may go on.</returns>
    public async ValueTask<string?> RefuseAsync(HttpContext context, DoorEntry entry)
    {
        if (entry == DoorEntry.Anybody) return null;
        if (context.Features.Get<ITlsConnectionFeature>()?.ClientCertificate is not { } shown) return "this needs the vehicle's certificate: enrol the vehicle with a code";
        // The authority may have been retired since the handshake.
        if (!authority.HasIssued(shown)) return "the certificate is not of this hub's authority: enrol the vehicle again";
        var known = await database.ReadAsync(c => EnrolmentStore.Find(c, shown.SerialNumber), context.RequestAborted).ConfigureAwait(false);
        var name = shown.GetNameInfo(X509NameType.SimpleName, forIssuer: false);
        if (known is null || known.Vehicle != name || registry.Find(name) is null) return "the certificate is not one of a vehicle of this hub";
        if (known.RevokedMs is not null) return "the certificate is revoked: enrol the vehicle again";
        var ended = DateTimeOffset.FromUnixTimeMilliseconds(known.NotAfterMs);
        var now = time.GetUtcNow();
        if (now > ended && entry != DoorEntry.Renewal) return "the certificate has run out: renew it";
        if (now > ended.AddDays(options.RenewGraceDays)) return "the certificate ran out too long ago to be renewed: enrol the vehicle again";
        context.Features.Set(new VehicleStanding(name, shown.SerialNumber, ended));
        return null;
    }
}
