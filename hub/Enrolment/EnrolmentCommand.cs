using System.Net;
using System.Security.Cryptography;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Vehicles;

namespace ThreeOneOne.Field.Hub.Enrolment;

/// <summary>
/// <c>field-hub enroll|revoke|authority</c>: for whoever can read the data folder, beside a running hub, which takes notice within
/// seconds. Codes go to standard output alone.
/// </summary>
public static class EnrolmentCommand
{
    private const int Failed = 1;
    private const int Wrong = 2;
    private const string Usage = """
        field-hub enroll VEHICLE [--hours N] [--kind crewed|sensor-only [--name NAME]]
            prints a one-time code that makes a computer this vehicle; --kind registers the vehicle if it is not there
        field-hub revoke VEHICLE [--reason TEXT]
        field-hub authority status | renew | retire [--force yes]
        """;

    /// <param name="args">Arguments of the program, beginning with enroll, revoke or authority.</param>
    /// <param name="read">Reads the settings among them; null when they cannot be used, after saying why.</param>
    /// <param name="output">Results.</param>
    /// <param name="error">Words for people.</param>
    /// <param name="isTerminal">True: the QR code is drawn in black on white.</param>
    /// <returns>The program's exit code.</returns>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> args, Func<IReadOnlyList<string>, EnrolmentContext?> read, TextWriter output, TextWriter error, bool isTerminal)
    {
        var parsed = CommandArguments.Parse(args, "hours", "kind", "name", "reason", "force");
        if (parsed is null || !parsed.TryNumber("hours", out var hours) || Find(parsed.Words) is not { } command)
        {
            await error.WriteLineAsync(Usage).ConfigureAwait(false);
            return Wrong;
        }

        if (read(parsed.Settings) is not { } context) return Wrong;
        if (DataFolder.UseFault(context.Storage, Environment.IsPrivilegedProcess) is { } fault)
        {
            await error.WriteLineAsync(fault).ConfigureAwait(false);
            return Failed;
        }

        try
        {
            using var none = new ReactionCatalogue([]);
            await using var database = new Database(context.Storage, none, [], TimeProvider.System);
            using var authority = CertificateAuthority.Open(context.Storage.Folder, context.Enrolment, TimeProvider.System);
            return await command(new Call(parsed, hours, context, database, authority, output, error, isTerminal)).ConfigureAwait(false);
        }
        catch (Exception e) when (e is InvalidOperationException or IOException or UnauthorizedAccessException or CryptographicException)
        {
            await error.WriteLineAsync(e.Message).ConfigureAwait(false);
            return Failed;
        }
    }

    private static Func<Call, Task<int>>? Find(IReadOnlyList<string> words) => words switch
    {
        ["enroll" or "enrol", _] => EnrollAsync,
        ["revoke", _] => RevokeAsync,
        ["authority", "status"] => StatusAsync,
        ["authority", "renew"] => RenewAsync,
        ["authority", "retire"] => RetireAsync,
        _ => null,
    };

    private static async Task<int> EnrollAsync(Call call)
    {
        var id = call.Arguments.Words[1];
        var most = call.Context.Enrolment.CodeHours;
        var hours = call.Hours ?? most;
        if (hours > most) return await call.RefuseAsync($"--hours: 1 to {most}").ConfigureAwait(false);
        if (new DoorPlace(call.Context.Enrolment, call.Context.Storage).Current is not { } door)
            return await call.RefuseAsync("the vehicles' door has no port yet: set Enrolment:Port, or start the hub once").ConfigureAwait(false);
        VehicleKind? kind = call.Arguments.Text("kind") switch
        {
            null => null,
            "crewed" => VehicleKind.Crewed,
            "sensor-only" => VehicleKind.SensorOnly,
            _ => VehicleKind.Unknown,
        };
        if (kind == VehicleKind.Unknown) return await call.RefuseAsync("--kind: crewed or sensor-only").ConfigureAwait(false);
        var name = call.Arguments.Text("name")?.Trim() ?? id;
        if (kind is not null && RegisterVehicle.Fault(id, name) is { } fault) return await call.RefuseAsync(fault).ConfigureAwait(false);

        var made = await call.Database.WriteAsync(scope =>
        {
            var store = new VehicleStore();
            if (store.Find(scope, id) is null)
            {
                if (kind is not { } wanted) return null;
                var vehicle = new Vehicle(id, call.Context.Jurisdiction, name, wanted, scope.Now);
                store.Add(scope, vehicle);
                scope.Raise(new VehicleRegistered(vehicle));
                Audit.Write(scope, Actor.Console, "vehicle.register", id, $"{name}, {wanted}, {vehicle.Jurisdiction}");
                EnrolmentStore.Changed(scope);
            }

            return MakeCode.Do(scope, Actor.Console, id, hours, door, call.Authority.Fingerprint);
        }, WritePriority.Interactive, default).ConfigureAwait(false);
        if (made is null) return await call.RefuseAsync($"no vehicle '{id}' is registered: --kind crewed or --kind sensor-only registers it").ConfigureAwait(false);
        if (IsLoopback(door.Host))
            await call.Error.WriteLineAsync($"Warning: {door.Host} is this machine alone, and no vehicle gets there: set Enrolment:VehicleHost, Enrolment:Address and Enrolment:Port, then make another code.").ConfigureAwait(false);
        else if (call.Context.Enrolment.Port == 0)
            await call.Error.WriteLineAsync($"Warning: port {door.Port} was chosen by the machine and may change: set Enrolment:Port.").ConfigureAwait(false);
        await call.Error.WriteLineAsync($"A code for {id}, good once, until {made.Expires:yyyy-MM-dd HH:mm} UTC. On the vehicle: field-agent enrol, or put it into the file enrol.code.").ConfigureAwait(false);
        await call.Output.WriteLineAsync(made.Text).ConfigureAwait(false);
        await call.Error.WriteAsync(QrCode.Of(made.Text).Draw(call.IsTerminal)).ConfigureAwait(false);
        return 0;
    }

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    private static async Task<int> RevokeAsync(Call call)
    {
        var id = call.Arguments.Words[1];
        var reason = call.Arguments.Text("reason")?.Trim() ?? "";
        if (RevokeVehicle.Fault(reason) is { } fault) return await call.RefuseAsync("--reason: " + fault).ConfigureAwait(false);
        var count = await call.Database.WriteAsync(
            scope => new VehicleStore().Find(scope, id) is null ? -1 : RevokeVehicle.Do(scope, Actor.Console, id, reason), WritePriority.Interactive, default).ConfigureAwait(false);
        if (count < 0) return await call.RefuseAsync($"no vehicle '{id}' is registered").ConfigureAwait(false);
        await call.Output.WriteLineAsync($"{id}: {count} certificates revoked; a running hub ends the vehicle's session within a minute").ConfigureAwait(false);
        return 0;
    }

    private static async Task<int> StatusAsync(Call call)
    {
        var standing = await AuthorityStanding.ReadAsync(call.Database, call.Authority).ConfigureAwait(false);
        foreach (var line in standing.Lines()) await call.Output.WriteLineAsync(line).ConfigureAwait(false);
        return 0;
    }

    private static async Task<int> RenewAsync(Call call)
    {
        call.Authority.Renew();
        await call.Database.WriteAsync(scope =>
        {
            Audit.Write(scope, Actor.Console, "authority.renew", call.Authority.Generations[^1].Fingerprint);
            EnrolmentStore.Changed(scope);
        }, WritePriority.Interactive, default).ConfigureAwait(false);
        await call.Output.WriteLineAsync("a new authority signs from now on, both are trusted; field-hub authority status says when the old one can be retired").ConfigureAwait(false);
        return 0;
    }

    private static async Task<int> RetireAsync(Call call)
    {
        var standing = await AuthorityStanding.ReadAsync(call.Database, call.Authority).ConfigureAwait(false);
        if (standing.Behind.Count > 0 && call.Arguments.Text("force") != "yes")
        {
            await call.Error.WriteLineAsync(
                $"{standing.Behind.Count} vehicles still need the old authority: {string.Join(", ", standing.Behind)}. They would have to be enrolled again; --force yes does it anyway.").ConfigureAwait(false);
            return Failed;
        }

        var retired = call.Authority.Generations[0].Fingerprint;
        call.Authority.Retire();
        await call.Database.WriteAsync(scope =>
        {
            Audit.Write(scope, Actor.Console, "authority.retire", retired, $"{standing.Behind.Count} vehicles behind");
            EnrolmentStore.Changed(scope);
        }, WritePriority.Interactive, default).ConfigureAwait(false);
        await call.Output.WriteLineAsync("the old authority is retired: nothing that it signed is accepted any more").ConfigureAwait(false);
        return 0;
    }

    private sealed record Call(
        CommandArguments Arguments, int? Hours, EnrolmentContext Context, Database Database, CertificateAuthority Authority, TextWriter Output, TextWriter Error, bool IsTerminal)
    {
        public async Task<int> RefuseAsync(string fault)
        {
            await Error.WriteLineAsync(fault).ConfigureAwait(false);
            return Wrong;
        }
    }
}
