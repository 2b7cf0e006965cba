using System.Net;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Access;

/// <summary>
/// Writes refused API keys into the audit log, as many from one address as its limit allows, so that neither guessing nor a
/// program with an old key goes unseen or fills the log.
/// </summary>
internal sealed class KeyRefusals(Database database, SignInLimiter limiter)
{
    /// <param name="key">As it was sent; only the id of a key that exists is written down.</param>
    /// <param name="address">From where.</param>
    /// <param name="cancel">The caller went.</param>
    /// <returns>When to try again; null while there were not too many.</returns>
    public async Task<DateTimeOffset?> NoteAsync(string key, IPAddress? address, CancellationToken cancel)
    {
        if (limiter.CountKey(address) is { } until) return until;
        await database.WriteAsync(scope =>
        {
            var known = Secrets.TryParseKey(key, out var id, out _) ? KeyStore.Find(scope.Connection, id) : null;
            var why = known switch { null => "unknown", { RevokedMs: not null } => "revoked", _ => known.IsGood(scope.Now) ? "wrong secret" : "expired" };
            Audit.Write(scope, Actor.Nobody, "key.refuse", known?.Id ?? "unknown", $"{why}, from {address}");
        }, WritePriority.Interactive, cancel).ConfigureAwait(false);
        return null;
    }
}
