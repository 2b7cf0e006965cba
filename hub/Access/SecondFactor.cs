using System.Data.Common;
using System.Net;
using System.Security.Cryptography;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Access;

/// <summary>
/// The second factor of people: a code of an authenticator app, or one of ten recovery codes, each good once. A code is never
/// taken twice, and none that is older than the last one taken.
/// </summary>
internal sealed class SecondFactor(AccessOptions options, HubOptions hub, TimeProvider time)
{
    private const int RecoveryCodes = 10;
    private const int RecoveryBytes = 10;

    /// <summary>Whether a role must have one before it may do anything here.</summary>
    public bool IsRequired(string role) => options.SecondFactorRoles.Contains(role, StringComparer.Ordinal) && options.SecondFactor switch
    {
        SecondFactorNeed.Always => true,
        SecondFactorNeed.BeyondLoopback => !IPAddress.IsLoopback(IPAddress.Parse(hub.Address)) || options.Proxies.Count > 0 || IsBeyond(options.PublicUrl),
        _ => false,
    };

    // A proxy on the same machine comes from loopback, but what people type says that they do not.
    private static bool IsBeyond(string publicUrl) => publicUrl.Length > 0 && !new Uri(publicUrl).IsLoopback;

    /// <summary>Whether this person must still set one up.</summary>
    public bool IsMissing(DbConnection connection, Actor actor) =>
        actor.Kind == ActorKind.Person && IsRequired(actor.Role) && SecondFactorStore.Find(connection, actor.Id) is not { ConfirmedMs: not null };

    public static bool IsSet(DbConnection connection, string person) => SecondFactorStore.Find(connection, person) is { ConfirmedMs: not null };

    /// <summary>Takes a code or a recovery code, which is used up by it.</summary>
    public bool Take(WriteScope scope, Person person, string? code)
    {
        var typed = new string([.. (code ?? "").Where(char.IsAsciiLetterOrDigit).Take(64)]).ToUpperInvariant();
        if (SecondFactorStore.Find(scope.Connection, person.Id) is not { ConfirmedMs: not null } held) return false;
        if (typed.Length == Totp.Digits)
        {
            if (Totp.Match(Convert.FromHexString(held.Secret), typed, time.GetUtcNow(), held.LastStep) is not { } step) return false;
            SecondFactorStore.SetStep(scope, person.Id, step);
            return true;
        }

        if (!SecondFactorStore.UseRecovery(scope, person.Id, Secrets.Hash(typed))) return false;
        Audit.Write(scope, person.AsActor(), "second-factor.recover", person.Id, $"{SecondFactorStore.RecoveryLeft(scope.Connection, person.Id)} recovery codes left");
        return true;
    }

    /// <summary>A new secret that counts once a code of it was typed.</summary>
    /// <returns>It in base32; null when one is set up already.</returns>
    public static string? Begin(WriteScope scope, string person)
    {
        if (IsSet(scope.Connection, person)) return null;
        var secret = Totp.NewSecret();
        SecondFactorStore.Begin(scope, person, Convert.ToHexString(secret));
        return Totp.Base32(secret);
    }

    /// <returns>Recovery codes, shown this once; null when the code is not right.</returns>
    public IReadOnlyList<string>? Confirm(WriteScope scope, Actor actor, string? code)
    {
        if (SecondFactorStore.Find(scope.Connection, actor.Id) is not { ConfirmedMs: null } begun) return null;
        if (Totp.Match(Convert.FromHexString(begun.Secret), (code ?? "").Trim(), time.GetUtcNow(), begun.LastStep) is not { } step) return null;
        List<string> recovery = [.. Enumerable.Range(0, RecoveryCodes).Select(_ => Totp.Base32(RandomNumberGenerator.GetBytes(RecoveryBytes)))];
        SecondFactorStore.Confirm(scope, actor.Id, step, recovery.Select(Secrets.Hash));
        Audit.Write(scope, actor, "second-factor.set", actor.Id);
        return [.. recovery.Select(c => string.Join('-', c.Chunk(4).Select(p => new string(p))))];
    }

    /// <summary>For somebody who lost telephone and recovery codes. Their sessions end.</summary>
    public static void Reset(WriteScope scope, Actor actor, Person person)
    {
        SecondFactorStore.Remove(scope, person.Id);
        SessionStore.EndAll(scope, person.Id);
        Audit.Write(scope, actor, "second-factor.reset", person.Id, person.Name);
    }
}
