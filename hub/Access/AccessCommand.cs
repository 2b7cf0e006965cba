using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Access;

/// <summary>
/// <c>field-hub keys|people|audit</c>: for whoever can read the data folder, so that nobody is ever locked out of their
/// own hub. Works beside a running hub. Keys and links go to standard output alone, for scripts.
/// </summary>
public static class AccessCommand
{
    private const int Wrong = 2;
    private const int Failed = 1;
    private const string Usage = """
        field-hub keys create --name NAME --role ROLE [--days N]
        field-hub keys list
        field-hub keys revoke ID
        field-hub people invite --name NAME --role ROLE [--minutes N]
        field-hub people list
        field-hub people reset-mfa NAME
        field-hub audit check
        """;

    /// <param name="args">Arguments of the program, beginning with keys, people or audit.</param>
    /// <param name="read">Reads the settings among them; null when they cannot be used, after saying why.</param>
    /// <param name="output">Results.</param>
    /// <param name="error">Words for people.</param>
    /// <returns>The program's exit code.</returns>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> args, Func<IReadOnlyList<string>, CommandContext?> read, TextWriter output, TextWriter error)
    {
        var parsed = CommandArguments.Parse(args, "name", "role", "days", "minutes");
        if (parsed is null || !parsed.TryNumber("days", out var days) || !parsed.TryNumber("minutes", out var minutes) || Find(parsed.Words) is not { } command)
        {
            await error.WriteLineAsync(Usage).ConfigureAwait(false);
            return Wrong;
        }

        if (read(parsed.Settings) is not { } context) return Wrong;
        if (DataFolder.RootFault(context.Storage, Environment.IsPrivilegedProcess) is { } fault)
        {
            await error.WriteLineAsync(fault).ConfigureAwait(false);
            return Failed;
        }

        try
        {
            return await RunAsync(command, parsed, days, minutes, context, output, error).ConfigureAwait(false);
        }
        catch (Exception e) when (e is InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync(e.Message).ConfigureAwait(false);
            return Failed;
        }
    }

    private static async Task<int> RunAsync(
        Func<Call, Task<int>> command, CommandArguments parsed, int? days, int? minutes, CommandContext context, TextWriter output, TextWriter error)
    {
        using var none = new ReactionCatalogue([]);
        await using var database = new Database(context.Storage, none, [], TimeProvider.System);
        return await command(new Call(parsed, days, minutes, context, database, output, error)).ConfigureAwait(false);
    }

    private static Func<Call, Task<int>>? Find(IReadOnlyList<string> words) => words switch
    {
        ["keys", "create"] => CreateKeyAsync,
        ["keys", "list"] => ListKeysAsync,
        ["keys", "revoke", _] => RevokeKeyAsync,
        ["people", "invite"] => InviteAsync,
        ["people", "list"] => ListPeopleAsync,
        ["people", "reset-mfa", _] => ResetSecondFactorAsync,
        ["audit", "check"] => CheckAuditAsync,
        _ => null,
    };

    private static async Task<int> CreateKeyAsync(Call call)
    {
        var made = await call.WriteAsync(s => CreateKey.Do(s, Actor.Console, call.Arguments.Text("name"), call.Arguments.Text("role"), call.Days)).ConfigureAwait(false);
        if (made.Fault is not null) return await call.RefuseAsync(made.Field!, made.Fault).ConfigureAwait(false);
        await call.Error.WriteLineAsync($"Key {made.Key.Id} for {made.Key.Name} as {made.Key.Role}; it is shown this once:").ConfigureAwait(false);
        await call.Output.WriteLineAsync(made.Text).ConfigureAwait(false);
        return 0;
    }

    private static async Task<int> ListKeysAsync(Call call)
    {
        foreach (var key in await call.Database.ReadAsync(KeyStore.All, default).ConfigureAwait(false))
        {
            var state = key.RevokedMs is not null ? "revoked" : key.IsGood(TimeProvider.System.GetUtcNow()) ? "good" : "expired";
            await call.Output.WriteLineAsync($"{key.Id}\t{key.Role}\t{state}\tused {Day(key.UsedMs)}\t{key.Name}").ConfigureAwait(false);
        }

        return 0;
    }

    private static async Task<int> RevokeKeyAsync(Call call)
    {
        var id = call.Arguments.Words[2];
        if (await call.WriteAsync(s => Keys.RevokeKey(s, Actor.Console, id)).ConfigureAwait(false)) return 0;
        await call.Error.WriteLineAsync($"There is no key {id} that could be revoked; see field-hub keys list.").ConfigureAwait(false);
        return Failed;
    }

    private static async Task<int> InviteAsync(Call call)
    {
        var lifetime = TimeSpan.FromMinutes(call.Minutes ?? call.Context.Access.LinkMinutes);
        var made = await call.WriteAsync(s => InvitePerson.Do(s, Actor.Console, call.Arguments.Text("name"), call.Arguments.Text("role"), lifetime)).ConfigureAwait(false);
        if (made.Fault is not null) return await call.RefuseAsync(made.Field!, made.Fault).ConfigureAwait(false);
        var address = call.Context.Access.PublicUrl.Length > 0 ? call.Context.Access.PublicUrl : call.Context.Address;
        await call.Error.WriteLineAsync($"A link that signs {call.Arguments.Text("name")} in once, until {made.Expires:yyyy-MM-dd HH:mm} UTC:").ConfigureAwait(false);
        await call.Output.WriteLineAsync(address + made.Path).ConfigureAwait(false);
        return 0;
    }

    private static async Task<int> ListPeopleAsync(Call call)
    {
        foreach (var person in await call.Database.ReadAsync(PeopleStore.All, default).ConfigureAwait(false))
        {
            var state = person.DisabledMs is not null ? "removed" : $"signed in {Day(person.SignedInMs)}";
            await call.Output.WriteLineAsync($"{person.Id}\t{person.Role}\t{state}\t{person.Name}").ConfigureAwait(false);
        }

        return 0;
    }

    private static async Task<int> ResetSecondFactorAsync(Call call)
    {
        var name = call.Arguments.Words[2];
        var done = await call.WriteAsync(scope =>
        {
            if (PeopleStore.ByName(scope.Connection, name) is not { DisabledMs: null } person) return false;
            SecondFactor.Reset(scope, Actor.Console, person);
            return true;
        }).ConfigureAwait(false);
        await call.Error.WriteLineAsync(done ? $"{name} signs in without a code once more, and sets up a new app." : $"Nobody is called {name}; see field-hub people list.").ConfigureAwait(false);
        return done ? 0 : Failed;
    }

    private static async Task<int> CheckAuditAsync(Call call)
    {
        var broken = await call.Database.ReadAsync(Audit.Verify, default).ConfigureAwait(false);
        await call.Output.WriteLineAsync(broken is null ? "The audit log is whole." : $"The audit log is broken at entry {broken}.").ConfigureAwait(false);
        return broken is null ? 0 : Failed;
    }

    private static string Day(long? ms) => ms is null ? "never" : $"{Instant.From(ms.Value):yyyy-MM-dd}";

    private sealed record Call(
        CommandArguments Arguments, int? Days, int? Minutes, CommandContext Context, Database Database, TextWriter Output, TextWriter Error)
    {
        public Task<T> WriteAsync<T>(Func<WriteScope, T> action) => Database.WriteAsync(action, WritePriority.Interactive, default);

        public async Task<int> RefuseAsync(string field, string fault)
        {
            await Error.WriteLineAsync($"--{field}: {fault}").ConfigureAwait(false);
            return Wrong;
        }
    }
}
