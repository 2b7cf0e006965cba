namespace ThreeOneOne.Field.Hub.Access;

/// <summary>
/// Checks an API key that came elsewhere than in the Authorization header: Open311 sends it as a form field. The same keys,
/// the same permissions and the same notes of refusals as everywhere.
/// </summary>
public sealed class KeyCheck
{
    private readonly Credentials credentials;
    private readonly KeyRefusals refusals;

    internal KeyCheck(Credentials credentials, KeyRefusals refusals) => (this.credentials, this.refusals) = (credentials, refusals);

    /// <param name="context">The call; a key in its header counts when no other is given.</param>
    /// <param name="key">The key; null when none was sent beside the header.</param>
    /// <param name="permission">What the key must be allowed.</param>
    /// <param name="cancel">The caller went.</param>
    /// <exception cref="ArgumentException">No such permission.</exception>
    public async Task<KeyAnswer> AskAsync(HttpContext context, string? key, string permission, CancellationToken cancel)
    {
        if (!Permissions.All.Contains(permission)) throw new ArgumentException($"no such permission: {permission}", nameof(permission));
        var identity = context.ActorIdentity();
        if (key is not null)
        {
            identity = await credentials.FromKeyAsync(key, cancel).ConfigureAwait(false);
            if (identity is null)
            {
                var until = await refusals.NoteAsync(key, context.Connection.RemoteIpAddress, cancel).ConfigureAwait(false);
                return new KeyAnswer(null, KeyRefusal.Unknown, until);
            }
        }

        // A person's session is no key: a foreign page could borrow it.
        if (identity is null || identity.Actor.Kind != ActorKind.Key)
            return new KeyAnswer(null, context.Request.Headers.Authorization.Count > 0 ? KeyRefusal.Unknown : KeyRefusal.Missing, null);
        return identity.Permissions.Contains(permission)
            ? new KeyAnswer(identity.Actor, null, null)
            : new KeyAnswer(identity.Actor, KeyRefusal.NotAllowed, null);
    }
}
