using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace ThreeOneOne.Field.Hub.Access;

/// <summary>
/// Hashes and checks passwords: PBKDF2-HMAC-SHA512 with a salt each, by ASP.NET Core Identity's hasher. A check costs the
/// same when there is nobody to check, and at most two run at a time, so sign-ins cannot take the machine from ingest.
/// </summary>
internal sealed class Passwords : IDisposable
{
    public const int MinimumLength = 12;
    private const int MaximumLength = 256;
    private const int DistinctCharacters = 5;
    private readonly PasswordHasher<Person> hasher;
    private readonly SemaphoreSlim gate = new(2);
    private readonly Lazy<string> nobody;

    public Passwords(AccessOptions options)
    {
        hasher = new PasswordHasher<Person>(Options.Create(new PasswordHasherOptions
        {
            CompatibilityMode = PasswordHasherCompatibilityMode.IdentityV3,
            IterationCount = options.PasswordIterations,
        }));
        nobody = new Lazy<string>(() => hasher.HashPassword(new Person(), Secrets.NewToken()));
    }

    /// <returns>What is wrong with a new password, in words for the person; null when nothing is.</returns>
    public static string? Fault(string? password, string name)
    {
        if (password is null || password.Length < MinimumLength) return $"Use at least {MinimumLength} characters.";
        if (password.Length > MaximumLength) return $"Use at most {MaximumLength} characters.";
        if (password.Distinct().Count() < DistinctCharacters) return "Use more different characters.";
        if (password.Contains(name, StringComparison.OrdinalIgnoreCase)) return "Leave your name out of it.";
        return null;
    }

    public async Task<string> HashAsync(string password, CancellationToken cancel) =>
        await GatedAsync(() => hasher.HashPassword(new Person(), password), cancel).ConfigureAwait(false);

    /// <summary>Checks a password. A null person (an unknown name) fails after the same work.</summary>
    public async Task<PasswordVerificationResult> CheckAsync(Person? person, string password, CancellationToken cancel)
    {
        var real = person is { DisabledMs: null, Password: not null };
        var hash = real ? person!.Password! : nobody.Value;
        var result = await GatedAsync(
            () => hasher.VerifyHashedPassword(new Person(), hash, password.Length > MaximumLength ? "" : password), cancel).ConfigureAwait(false);
        return real ? result : PasswordVerificationResult.Failed;
    }

    public void Dispose() => gate.Dispose();

    private async Task<T> GatedAsync<T>(Func<T> work, CancellationToken cancel)
    {
        await gate.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            return await Task.Run(work, cancel).ConfigureAwait(false);
        }
        finally
        {
            gate.Release();
        }
    }
}
