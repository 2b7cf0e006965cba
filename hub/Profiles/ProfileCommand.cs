using System.Globalization;
using System.Text.Json;
using ThreeOneOne.Field.Hub.Access;

namespace ThreeOneOne.Field.Hub.Profiles;

/// <summary>
/// <c>field-hub profile …</c>. What reads folders needs no hub; what concerns a running hub goes by its API, with a key in
/// FIELD_HUB_KEY or a file, never in an argument.
/// </summary>
public static class ProfileCommand
{
    private const int Wrong = 2;
    private const int Failed = 1;
    private const int MostKeys = 3;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(2);
    private const string Usage = """
        field-hub profile validate FOLDER                       say all that is wrong in a folder of profiles
        field-hub profile diff A B                              say what two folders tell vehicles differently, and which file says so
        field-hub profile diff FOLDER --against rolled-out      say what a roll-out would change
        field-hub profile render VEHICLE --to DIR [--from FOLDER] [--jurisdiction ID]
                                                                write what its computer needs: agent.json, device-tree lines, udev rules,
                                                                systemd drop-ins, a broker's configuration and rules
        field-hub profile roll-out FOLDER [--stages 5,25,100] [--canaries A,B]
                                                                give it to the vehicles whose profile changes, stage after stage
        field-hub profile roll-back                             give every vehicle of the newest roll-out what it had before
        field-hub profile status                                say how the newest roll-out and each vehicle stand
        With --wait yes the last three say what changes until all is done (exit code 0) or it stopped (1).

        FOLDER has fleet.json, types/ and vehicles/ (firmware-config/profiles). The last four and --against ask the hub: --hub URL, with
        a key of the role city-it in the environment as FIELD_HUB_KEY or in a file by --key-file FILE.
        Exit codes: 0 done, 1 mistakes, refused or stopped, 2 arguments or settings.
        """;

    /// <param name="args">Arguments of the program, beginning with profile.</param>
    /// <param name="read">Reads the settings among them; null when they cannot be used, after saying why.</param>
    /// <param name="output">Results.</param>
    /// <param name="error">Words for people.</param>
    /// <returns>The program's exit code.</returns>
    public static async Task<int> RunAsync(string[] args, Func<IReadOnlyList<string>, CommandContext?> read, TextWriter output, TextWriter error)
    {
        var parsed = CommandArguments.Parse(args, "against", "to", "from", "jurisdiction", "stages", "canaries", "hub", "key-file", "wait");
        if (parsed is null || parsed.Text("wait") is not (null or "yes") || Find(parsed) is not { } command)
        {
            await error.WriteLineAsync(Usage).ConfigureAwait(false);
            return Wrong;
        }

        try
        {
            return await command(new Call(parsed, read, output, error)).ConfigureAwait(false);
        }
        catch (Exception e) when (e is InvalidOperationException or IOException or UnauthorizedAccessException or HttpRequestException or TaskCanceledException or JsonException)
        {
            await error.WriteLineAsync(e.Message).ConfigureAwait(false);
            return Failed;
        }
    }

    private static Func<Call, Task<int>>? Find(CommandArguments parsed) => parsed.Words switch
    {
        ["profile", "validate", _] => ValidateAsync,
        ["profile", "diff", _, _] => DiffAsync,
        ["profile", "diff", _] when parsed.Text("against") == "rolled-out" => DiffAsync,
        ["profile", "render", _] when parsed.Text("to") is not null => RenderAsync,
        ["profile", "roll-out", _] => RollOutAsync,
        ["profile", "roll-back"] => RollBackAsync,
        ["profile", "status"] => StatusAsync,
        _ => null,
    };

    private static async Task<int> ValidateAsync(Call call)
    {
        if (await ReadAsync(call, call.Arguments.Words[2]).ConfigureAwait(false) is not { } folder) return Failed;
        await call.Output.WriteLineAsync($"{folder.Vehicles.Count} vehicles, nothing wrong").ConfigureAwait(false);
        return 0;
    }

    private static async Task<int> DiffAsync(Call call)
    {
        if (await ReadAsync(call, call.Arguments.Words[2]).ConfigureAwait(false) is not { } first) return Failed;
        IReadOnlyDictionary<string, VehicleSettings> before, after;
        if (call.Arguments.Words.Count == 4)
        {
            if (await ReadAsync(call, call.Arguments.Words[3]).ConfigureAwait(false) is not { } second) return Failed;
            (before, after) = (first.Vehicles, second.Vehicles);
        }
        else
        {
            using var api = call.Api();
            var rolledOut = new Dictionary<string, VehicleSettings>(StringComparer.Ordinal);
            foreach (var vehicle in first.Vehicles.Keys) rolledOut[vehicle] = await api.MeantAsync(vehicle).ConfigureAwait(false);
            (before, after) = (rolledOut, first.Vehicles);
        }

        var count = 0;
        foreach (var difference in ProfileDifference.Between(before, after))
        {
            count++;
            await call.Output.WriteLineAsync(difference.ToString()).ConfigureAwait(false);
        }

        await call.Error.WriteLineAsync(count == 0 ? "no difference" : $"{count} differences").ConfigureAwait(false);
        return 0;
    }

    private static async Task<int> RenderAsync(Call call)
    {
        var (vehicle, from) = (call.Arguments.Words[2], call.Arguments.Text("from") ?? Path.Combine("firmware-config", "profiles"));
        if (await ReadAsync(call, from).ConfigureAwait(false) is not { } folder) return Failed;
        if (!folder.Vehicles.ContainsKey(vehicle))
        {
            await call.Error.WriteLineAsync($"{from} has no vehicles/{vehicle}.json").ConfigureAwait(false);
            return Failed;
        }

        var to = Path.GetFullPath(call.Arguments.Text("to")!);
        foreach (var (name, text) in RenderProfile.Files(vehicle, call.Arguments.Text("jurisdiction") ?? new HubOptions().Jurisdiction, folder.Vehicles))
        {
            var path = Path.Combine(to, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, text).ConfigureAwait(false);
            await call.Output.WriteLineAsync(path).ConfigureAwait(false);
        }

        return 0;
    }

    private static async Task<int> RollOutAsync(Call call)
    {
        if (await ReadAsync(call, call.Arguments.Words[2]).ConfigureAwait(false) is not { } folder) return Failed;
        int[]? stages = null;
        if (call.Arguments.Text("stages") is { } text)
        {
            stages = [.. text.Split(',').Select(s => int.TryParse(s.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var percent) ? percent : 0)];
            if (stages.Contains(0)) throw new InvalidOperationException($"--stages = '{text}': expected percentages that rise to 100, such as 5,25,100");
        }

        var canaries = call.Arguments.Text("canaries")?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        using var api = call.Api();
        return await EndAsync(call, api, await api.RollOutAsync(folder.Vehicles, stages, canaries).ConfigureAwait(false), "field-hub profile status says how it goes, roll-back takes it back").ConfigureAwait(false);
    }

    private static async Task<int> RollBackAsync(Call call)
    {
        using var api = call.Api();
        return await EndAsync(call, api, await api.RollBackAsync().ConfigureAwait(false), "field-hub profile status says how it goes").ConfigureAwait(false);
    }

    private static async Task<int> StatusAsync(Call call)
    {
        using var api = call.Api();
        return await EndAsync(call, api, await api.StatusAsync().ConfigureAwait(false), null).ConfigureAwait(false);
    }

    /// <summary>Says how it stands, and goes on saying it until the end when that was asked for.</summary>
    private static async Task<int> EndAsync(Call call, ProfileApi api, DeviceProfilesView view, string? hint)
    {
        var said = Lines(view);
        foreach (var line in said) await call.Output.WriteLineAsync(line).ConfigureAwait(false);
        if (call.Arguments.Text("wait") is null)
        {
            if (hint is not null) await call.Error.WriteLineAsync(hint).ConfigureAwait(false);
            return 0;
        }

        while (view.RollOut is { State: RollOutState.Running })
        {
            await Task.Delay(BetweenLooks).ConfigureAwait(false);
            view = await api.StatusAsync().ConfigureAwait(false);
            var now = Lines(view);
            // What is as it was is not said again.
            foreach (var line in now.Except(said)) await call.Output.WriteLineAsync(line).ConfigureAwait(false);
            said = now;
        }

        return view.RollOut?.State == RollOutState.Stopped ? Failed : 0;
    }

    private static List<string> Lines(DeviceProfilesView view)
    {
        List<string> lines = [];
        if (view.RollOut is not { } rollOut)
        {
            lines.Add("nothing was rolled out");
        }
        else
        {
            lines.Add(string.Create(CultureInfo.InvariantCulture,
                $"{Word(rollOut.Kind)} of {rollOut.Made.UtcDateTime:yyyy-MM-dd HH:mm} UTC by {rollOut.By} (version {rollOut.Version}): {Word(rollOut.State)}, stage {rollOut.Stage} of {rollOut.Stages.Count} ({rollOut.Stages[rollOut.Stage - 1]} %), ")
                + $"{rollOut.Open} of {rollOut.Vehicles} vehicles may have it, {rollOut.Applied} proved it, {rollOut.Unwell} refused it or took it back");
            if (rollOut.Reason is not null) lines.Add($"stopped: {rollOut.Reason}; field-hub profile roll-back gives the vehicles what they had before");
        }

        foreach (var vehicle in view.Items)
        {
            string[] words =
            [
                vehicle.Vehicle, vehicle.Stage is { } stage ? string.Create(CultureInfo.InvariantCulture, $"stage {stage}") : "not in it",
                vehicle.Outcome is { } outcome ? Word(outcome) : "-", Drift(vehicle.Drift),
                .. vehicle.Local.Count > 0 ? [Local(vehicle.Local)] : Array.Empty<string>(),
                .. vehicle.Foreign > 0 ? [$"refused {vehicle.Foreign} bundles: {vehicle.LastForeign}"] : Array.Empty<string>(),
                .. vehicle.Reason is not null ? [vehicle.Reason] : Array.Empty<string>(),
            ];
            lines.Add(string.Join('\t', words));
        }

        return lines;
    }

    // As the API has them.
    private static string Word(Enum value) => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    // All of them are in the API's answer.
    private static string Local(IReadOnlyList<string> keys) =>
        $"sets itself: {string.Join(", ", keys.Take(MostKeys))}{(keys.Count > MostKeys ? string.Create(CultureInfo.InvariantCulture, $" and {keys.Count - MostKeys} more") : "")}";

    private static string Drift(ProfileDrift drift) => drift switch
    {
        ProfileDrift.None => "as meant",
        ProfileDrift.Version => "has another version",
        ProfileDrift.Values => "has other values",
        _ => "not heard yet",
    };

    /// <returns>Null when something is wrong; all of it has been written.</returns>
    private static async Task<ProfileFolder?> ReadAsync(Call call, string path)
    {
        var folder = ProfileFolder.Read(path);
        foreach (var mistake in folder.Mistakes) await call.Error.WriteLineAsync(mistake.ToString()).ConfigureAwait(false);
        return folder.Mistakes.Count == 0 ? folder : null;
    }

    private sealed record Call(CommandArguments Arguments, Func<IReadOnlyList<string>, CommandContext?> Read, TextWriter Output, TextWriter Error)
    {
        public ProfileApi Api()
        {
            var address = Arguments.Text("hub");
            if (address is null)
            {
                var context = Read(Arguments.Settings) ?? throw new InvalidOperationException("the hub's settings cannot be used: name the hub with --hub URL");
                address = context.Access.PublicUrl.Length > 0 ? context.Access.PublicUrl : context.Address;
            }

            var key = Arguments.Text("key-file") is { } file ? File.ReadAllText(file).Trim() : Environment.GetEnvironmentVariable("FIELD_HUB_KEY");
            return string.IsNullOrEmpty(key)
                ? throw new InvalidOperationException("a key is needed in FIELD_HUB_KEY or --key-file FILE: field-hub keys create --name profiles --role city-it")
                : new ProfileApi(address, key);
        }
    }
}
