using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Access;

/// <summary>Makes an API key; the same rule for the API and the command line.</summary>
internal static class CreateKey
{
    /// <param name="scope">The transaction.</param>
    /// <param name="actor">Who makes it.</param>
    /// <param name="name">What it is for.</param>
    /// <param name="role">What it may do.</param>
    /// <param name="days">For how long; null for until it is revoked.</param>
    public static Outcome Do(WriteScope scope, Actor actor, string? name, string? role, int? days)
    {
        var trimmed = (name ?? "").Trim();
        if (trimmed.Length is 0 or > 80 || trimmed.Any(char.IsControl)) return new Outcome("name", "Say in 1 to 80 characters what the key is for.");
        var roles = PeopleStore.Roles(scope.Connection);
        if (!roles.Contains(role ?? "")) return new Outcome("role", $"Give one of the roles {string.Join(", ", roles)}.");
        if (days is < 1 or > 3650) return new Outcome("days", "Give 1 to 3650 days, or none.");
        var secret = Secrets.NewToken();
        var key = new ApiKey
        {
            Id = Secrets.NewId(),
            Name = trimmed,
            Role = role!,
            SecretHash = Secrets.Hash(secret),
            CreatedMs = scope.Now.ToUnixTimeMilliseconds(),
            CreatedBy = actor.Name,
            ExpiresMs = days is { } d ? scope.Now.AddDays(d).ToUnixTimeMilliseconds() : null,
        };
        KeyStore.Insert(scope, key);
        Audit.Write(scope, actor, "key.create", key.Id, $"{trimmed} as {role}");
        return new Outcome(key, Secrets.FormatKey(key.Id, secret));
    }

    /// <summary>The key and its text, shown this once, or a fault.</summary>
    public sealed record Outcome(ApiKey Key, string Text)
    {
        public Outcome(string field, string fault)
            : this(new ApiKey(), "") => (Field, Fault) = (field, fault);

        public string? Field { get; }

        public string? Fault { get; }
    }
}
