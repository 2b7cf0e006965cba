using System.Collections.Concurrent;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Access;

/// <summary>
/// Tells who holds a session or key. Asked at every request, so that a revoked key, an ended session or a changed role
/// counts at once; when each was last used is written in bulk by <see cref="CredentialWatch"/>.
/// </summary>
internal sealed class Credentials(Database database, AccessOptions options, SecondFactor factor, TimeProvider time)
{
    private readonly ConcurrentDictionary<Credential, long> used = new();

    public Task<ActorIdentity?> FromSessionAsync(string token, CancellationToken cancel) =>
        FindAsync(new Credential(ActorKind.Person, Secrets.Hash(token)), null, cancel);

    public async Task<ActorIdentity?> FromKeyAsync(string key, CancellationToken cancel) =>
        Secrets.TryParseKey(key, out var id, out var secret)
            ? await FindAsync(new Credential(ActorKind.Key, id), secret, cancel).ConfigureAwait(false)
            : null;

    /// <summary>Whether a request that was let in would still be let in, with the same role.</summary>
    public async Task<bool> IsStillGoodAsync(ActorIdentity identity, CancellationToken cancel)
    {
        var now = await FindAsync(identity.Credential, null, cancel).ConfigureAwait(false);
        return now is not null && now.Permissions.SetEquals(identity.Permissions);
    }

    /// <summary>Writes when sessions and keys were last used.</summary>
    public async Task FlushAsync(CancellationToken cancel)
    {
        var taken = used.Keys.Select(k => (Key: k, Found: used.TryRemove(k, out var at), At: at)).Where(k => k.Found).ToList();
        if (taken.Count == 0) return;
        await database.WriteAsync(scope =>
        {
            foreach (var (key, _, at) in taken)
            {
                if (key.Kind == ActorKind.Key) KeyStore.Touch(scope, key.Handle, at);
                else SessionStore.Touch(scope, key.Handle, at);
            }
        }, WritePriority.Bulk, cancel).ConfigureAwait(false);
    }

    private async Task<ActorIdentity?> FindAsync(Credential credential, string? secret, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var found = await database.ReadAsync(connection =>
        {
            Actor? actor;
            if (credential.Kind == ActorKind.Key)
            {
                var key = KeyStore.Find(connection, credential.Handle);
                // An unknown id costs the same comparison as a wrong secret.
                var matches = secret is null || Secrets.Matches(secret, key?.SecretHash ?? Secrets.Hash(""));
                actor = matches && key is not null && key.IsGood(now) ? key.AsActor() : null;
            }
            else
            {
                actor = SessionStore.Find(connection, credential.Handle, now, options)?.AsActor();
            }

            if (actor is null) return null;
            // Who must have a second factor and has none may do one thing: set it up.
            return factor.IsMissing(connection, actor)
                ? new ActorIdentity(actor, new HashSet<string>(), credential) { NeedsSecondFactor = true }
                : new ActorIdentity(actor, PeopleStore.PermissionsOf(connection, actor.Role), credential);
        }, cancel).ConfigureAwait(false);
        if (found is not null) used[credential] = now.ToUnixTimeMilliseconds();
        return found;
    }
}
