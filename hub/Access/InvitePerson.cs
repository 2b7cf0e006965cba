using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Access;

/// <summary>Makes an account, or a new link for one; the same rule for the API, the command line and the first start.</summary>
internal static class InvitePerson
{
    private const int LongestName = 80;
    private static readonly TimeSpan LongestLife = TimeSpan.FromDays(14);

    /// <returns>The token of a one-time link, or what is wrong and with which field.</returns>
    public static Outcome Do(WriteScope scope, Actor actor, string? name, string? role, TimeSpan lifetime)
    {
        var trimmed = (name ?? "").Trim();
        if (trimmed.Length is 0 or > LongestName || trimmed.Any(char.IsControl)) return new Outcome("name", "Give a name of 1 to 80 characters.");
        if (lifetime < TimeSpan.FromMinutes(1) || lifetime > LongestLife) return new Outcome("minutes", "Give 1 minute to 14 days.");
        var roles = PeopleStore.Roles(scope.Connection);
        if (!roles.Contains(role ?? "")) return new Outcome("role", $"Give one of the roles {string.Join(", ", roles)}.");
        if (LastAdministrator.Is(scope.Connection, trimmed, role)) return new Outcome("role", LastAdministrator.Fault);

        var person = PeopleStore.ByName(scope.Connection, trimmed);
        if (person is null)
        {
            person = new Person { Id = "p-" + Secrets.NewId(), Name = trimmed, Role = role!, CreatedMs = scope.Now.ToUnixTimeMilliseconds() };
            PeopleStore.Insert(scope, person);
            Audit.Write(scope, actor, "person.create", person.Id, $"{trimmed} as {role}");
        }
        else if (person.Role != role || person.DisabledMs is not null)
        {
            PeopleStore.SetRole(scope, person.Id, role!);
            Audit.Write(scope, actor, "person.role", person.Id, $"from {(person.DisabledMs is null ? person.Role : "removed")} to {role}");
        }

        var token = Secrets.NewToken();
        PeopleStore.InsertLink(scope, person.Id, Secrets.Hash(token), lifetime);
        Audit.Write(scope, actor, "link.create", person.Id, $"good for {lifetime.TotalMinutes:0} minutes");
        return new Outcome(person.Id, token, scope.Now + lifetime);
    }

    /// <summary>A link's token, or a fault.</summary>
    public sealed record Outcome(string Person, string Token, DateTimeOffset Expires)
    {
        public Outcome(string field, string fault)
            : this("", "", default) => (Field, Fault) = (field, fault);

        public string? Field { get; }

        public string? Fault { get; }

        /// <summary>In the fragment, which browsers send to nobody and servers do not log.</summary>
        public string Path => "/sign-in#" + Token;
    }
}
