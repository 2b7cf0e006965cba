using System.Globalization;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Attachments;
using ThreeOneOne.Field.Hub.Commands;
using ThreeOneOne.Field.Hub.Enrolment;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Vehicles;

namespace ThreeOneOne.Field.Hub.Fleet;

/// <summary>
/// <c>field-hub vehicle list|show|command</c>: for whoever can read the data folder, beside a running hub, which carries commands to
/// the vehicles within a quarter of a minute.
/// </summary>
public static class FleetCommand
{
    private const int Failed = 1;
    private const int Wrong = 2;
    private const string Usage = """
        field-hub vehicle list
        field-hub vehicle show UNIT
        field-hub vehicle cancel UNIT COMMAND     takes back one that the vehicle has not answered
        field-hub vehicle command UNIT logs|restart|capture|blink|wipe [--wait SECONDS] [--save FILE]
            logs      the last hours of its log      --hours N (24)
            capture   raw sensor readings            --seconds N (60); --only size says how large it would be
            blink     its screen and lamp            --seconds N (30)
            restart   ends its program, which is started again
            wipe      destroys its data key and identity; --vehicle UNIT once more
                      --seconds N (600) is how long what is unsent may still take to leave
        """;

    private static readonly string[] Arguments = ["hours", "seconds", "only", "vehicle"];
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    /// <param name="args">Arguments of the program, beginning with vehicle.</param>
    /// <param name="read">Reads the settings among them; null when they cannot be used, after saying why.</param>
    /// <param name="output">Results.</param>
    /// <param name="error">Words for people, and how far it is.</param>
    /// <returns>The program's exit code.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, Func<IReadOnlyList<string>, FleetContext?> read, TextWriter output, TextWriter error)
    {
        var parsed = CommandArguments.Parse(args, "hours", "seconds", "only", "vehicle", "wait", "save");
        int? wait = null;
        if (parsed is null || !parsed.TryNumber("wait", out wait) || parsed.Words is not (["vehicle", "list"] or ["vehicle", "show", _] or ["vehicle", "command", _, _] or ["vehicle", "cancel", _, _]))
        {
            await error.WriteLineAsync(Usage).ConfigureAwait(false);
            return Wrong;
        }

        if (read(parsed.Settings) is not { } context) return Wrong;
        try
        {
            if (DataFolder.RootFault(context.Access.Storage, Environment.IsPrivilegedProcess) is { } fault) throw new InvalidOperationException(fault);
            using var none = new ReactionCatalogue([]);
            await using var database = new Database(context.Access.Storage, none, [], TimeProvider.System);
            var units = await UnitsAsync(database, context.Fleet).ConfigureAwait(false);
            if (parsed.Words is ["vehicle", "list"]) return await ListAsync(units, output).ConfigureAwait(false);
            if (units.FirstOrDefault(u => u.Id == parsed.Words[2]) is not { } unit)
            {
                await error.WriteLineAsync($"There is no vehicle {parsed.Words[2]}; see field-hub vehicle list.").ConfigureAwait(false);
                return Failed;
            }

            return parsed.Words[1] switch
            {
                "show" => await ShowAsync(database, unit, output).ConfigureAwait(false),
                "cancel" => await CancelAsync(database, unit.Id, parsed.Words[3], error).ConfigureAwait(false),
                _ => await GiveAsync(database, unit.Id, parsed, wait, context, output, error).ConfigureAwait(false),
            };
        }
        catch (Exception e) when (e is InvalidOperationException or IOException or UnauthorizedAccessException or InvalidDataException)
        {
            await error.WriteLineAsync(e.Message).ConfigureAwait(false);
            return Failed;
        }
    }

    private static async Task<IReadOnlyList<FleetUnit>> UnitsAsync(Database database, FleetOptions options)
    {
        var store = new VehicleStore();
        var judge = new FleetJudge(options);
        var now = TimeProvider.System.GetUtcNow();
        return await database.ReadAsync<IReadOnlyList<FleetUnit>>(c =>
        {
            var (statuses, health, certificates, revoked) = (store.Statuses(c), HealthStore.Newest(c), EnrolmentStore.Ends(c), EnrolmentStore.Barred(c));
            // What is stored of a connection is its last change, which the hub hears from the broker.
            return [.. store.All(c).Select(v => judge.Look(
                v, statuses.TryGetValue(v.Id, out var s) ? s with { Online = s.Status?.Online ?? false } : VehicleState.NeverHeard,
                health.GetValueOrDefault(v.Id), certificates.TryGetValue(v.Id, out var ends) ? ends : null, revoked.Contains(v.Id), now))];
        }, default).ConfigureAwait(false);
    }

    private static async Task<int> ListAsync(IReadOnlyList<FleetUnit> units, TextWriter output)
    {
        foreach (var u in units)
        {
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                $"{u.Id}\t{u.State}\t{Time(u.LastSeen)}\t{u.AgentVersion ?? "-"}\t{u.Unsent} unsent\t{(u.Attention.Count == 0 ? "ok" : string.Join("; ", u.Attention.Select(a => a.Text)))}")).ConfigureAwait(false);
        }

        return 0;
    }

    private static async Task<int> ShowAsync(Database database, FleetUnit u, TextWriter output)
    {
        (string Name, string? Value)[] lines =
        [
            ("vehicle", $"{u.Id}, {u.Name}"), ("state", $"{u.State}, last seen {Time(u.LastSeen)}{(u.OnShift ? ", on shift" : "")}"), ("program", u.AgentVersion),
            ("certificate", u.CertificateEnds is { } ends ? $"ends {Time(ends)}" : "none that is good"),
            ("unsent", string.Create(CultureInfo.InvariantCulture, $"{u.Unsent} records, {u.UnsentActions} of crews, {u.UnsentFileBytes} bytes of files{(u.OldestUnsent is { } o ? $", the oldest of {Time(o)}" : "")}")),
            ("offline", u.OfflineDays is { } days ? $"{days} days left" : null), ("health", u.HealthAt is { } at ? $"of {Time(at)}, clock {u.Clock}" : "none yet"),
            ("temperature", u.Health?.CpuTemperatureC is { } c ? string.Create(CultureInfo.InvariantCulture, $"{c:F1} °C") : null),
            ("disk", u.Health?.DiskFreeBytes is { } free ? $"{free / (1024 * 1024)} MB free" : null),
            .. (u.Health?.Sources ?? []).Select(s => ("source", (string?)$"{s.Key}: {s.Value}")),
            .. u.Attention.Select(a => ("attention", (string?)a.Text)),
            .. (await database.ReadAsync(con => CommandStore.Of(con, u.Id, 5), default).ConfigureAwait(false)).Select(k => ("command", (string?)$"{k.Id} {k.Kind} {k.State} {Time(k.CreatedAt)} {k.Detail}")),
        ];
        foreach (var (name, value) in lines.Where(l => l.Value is not null)) await output.WriteLineAsync($"{name,-12}{value}").ConfigureAwait(false);
        return 0;
    }

    private static async Task<int> GiveAsync(Database database, string unit, CommandArguments parsed, int? wait, FleetContext context, TextWriter output, TextWriter error)
    {
        var arguments = Arguments.Where(a => parsed.Text(a) is not null).ToDictionary(a => a, a => parsed.Text(a)!);
        var request = new GiveCommand.Request(parsed.Words[3], arguments);
        var faults = GiveCommand.Check(unit, request);
        if (faults.Count > 0)
        {
            foreach (var (field, why) in faults) await error.WriteLineAsync($"{field.Replace("arguments.", "--", StringComparison.Ordinal)}: {why[0]}").ConfigureAwait(false);
            return Wrong;
        }

        // Neither a link nor a file that others may read: a capture says where a crew was.
        if (parsed.Text("save") is { } save && (wait is null || Path.Exists(save)))
        {
            await error.WriteLineAsync(wait is null ? "--save: give --wait SECONDS too" : $"--save: {save} is there already").ConfigureAwait(false);
            return Wrong;
        }

        var given = await database.WriteAsync(scope => GiveCommand.Do(scope, Actor.Console, unit, request, context.Commands), WritePriority.Interactive, default).ConfigureAwait(false);
        await output.WriteLineAsync(given.Id).ConfigureAwait(false);
        return wait is { } seconds ? await WaitAsync(database, given, TimeSpan.FromSeconds(seconds), parsed.Text("save"), new AttachmentFiles(database, context.Attachments), error).ConfigureAwait(false) : 0;
    }

    private static async Task<int> WaitAsync(Database database, VehicleCommand given, TimeSpan longest, string? save, AttachmentFiles attachments, TextWriter error)
    {
        var files = new CommandFiles(new AttachmentStore(), attachments);
        using var timer = new PeriodicTimer(Look);
        var said = "";
        for (var began = TimeProvider.System.GetTimestamp(); ;)
        {
            var now = await database.ReadAsync(c => CommandStore.Find(c, given.Vehicle, given.Id) is { } found ? files.WithFile(c, found) : null, default).ConfigureAwait(false);
            var says = now?.File is { State: "on-its-way" } file ? $"{now.State}: {now.Detail}; {file.Received} of {file.Bytes} bytes are here" : $"{now?.State}{(now?.Detail is null ? "" : ": " + now.Detail)}";
            if (says != said) await error.WriteLineAsync(said = says).ConfigureAwait(false);
            if (now is { State: VehicleCommand.Failed or VehicleCommand.Expired or VehicleCommand.Cancelled }) return Failed;
            if (now is { State: VehicleCommand.Done } && now.File is not { State: "on-its-way" })
            {
                if (save is null || now.File is null) return 0;
                if (now.File.State != "received") return Failed;
                await database.WriteAsync(scope => Audit.Write(scope, Actor.Console, "vehicle.file", given.Vehicle, $"{now.Kind} {now.Id}, {now.File.Bytes} bytes"), WritePriority.Interactive, default).ConfigureAwait(false);
                await SaveAsync(attachments, now.File.Sha256, save).ConfigureAwait(false);
                return 0;
            }

            if (TimeProvider.System.GetElapsedTime(began) > longest)
            {
                await error.WriteLineAsync($"no result within {longest.TotalSeconds:F0} s; it goes on: field-hub vehicle show {given.Vehicle}").ConfigureAwait(false);
                return Failed;
            }

            await timer.WaitForNextTickAsync().ConfigureAwait(false);
        }
    }

    private static async Task SaveAsync(AttachmentFiles attachments, string sha256, string save)
    {
        await using var from = attachments.Open(sha256) ?? throw new IOException("the file is not on the disk any more");
        await using var to = new FileStream(
            save, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite });
        await from.CopyToAsync(to).ConfigureAwait(false);
    }

    private static async Task<int> CancelAsync(Database database, string unit, string id, TextWriter error)
    {
        var (found, cancelled) = await database.ReadAsync(c => CommandStore.Find(c, unit, id), default).ConfigureAwait(false) is { } command
            ? (command, await database.WriteAsync(scope => CancelCommand.Do(scope, Actor.Console, command), WritePriority.Interactive, default).ConfigureAwait(false))
            : (null, null);
        await error.WriteLineAsync(
            found is null ? $"{unit} was given no command {id}; see field-hub vehicle show {unit}."
            : cancelled is null ? $"{found.Kind} {id} is settled already: {found.State} {found.Detail}" : $"{found.Kind} {id}: {cancelled.Detail}").ConfigureAwait(false);
        return cancelled is null ? Failed : 0;
    }

    private static string Time(DateTimeOffset? at) => at?.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "never";
}
