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
    private const string Usage = """
        field-hub profile validate FOLDER                       say all that is wrong in a folder of profiles
        field-hub profile diff A B                              say what two folders tell vehicles differently, and which file says so
        field-hub profile diff FOLDER --against rolled-out      say what a roll-out would change
        field-hub profile render VEHICLE --to DIR [--from FOLDER] [--jurisdiction ID]
                                                                write what its computer needs: agent.json, device-tree lines, udev rules,
                                                                systemd drop-ins, a broker's configuration and rules
        field-hub profile roll-out FOLDER [--stages 5,25,100] [--canaries A,B]
        field-hub profile roll-back                             give every vehicle of the newest roll-out what it had before
        field-hub profile status                                say how the newest roll-out and each vehicle stand

        FOLDER has fleet.json, types/ and vehicles/ (firmware-config/profiles). The last four and --against ask the hub: --hub URL, with
        a key of the role city-it in the environment as FIELD_HUB_KEY or in a file by --key-file FILE.
        Exit codes: 0 done, 1 mistakes or refused, 2 arguments or settings.
        """;

    /// <param name="args">Arguments of the program, beginning with profile.</param>
    /// <param name="read">Reads the settings among them; null when they cannot be used, after saying why.</param>
    /// <param name="output">Results.</param>
    /// <param name="error">Words for people.</param>
    /// <returns>The program's exit code.</returns>
    public static async Task<int> RunAsync(string[] args, Func<IReadOnlyList<string>, CommandContext?> read, TextWriter output, TextWriter error)
    {
        var parsed = CommandArguments.Parse(args, "against", "to", "from", "jurisdiction", "stages", "canaries", "hub", "key-file");
        if (parsed is null || Find(parsed) is not { } command)
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
            stages = [.. text.Split(',').Select(s => int.TryParse(s, NumberStyles.None, CultureInfo.InvariantCulture, out var percent) ? percent : 0)];
        }

        using var api = call.Api();
        await PrintAsync(call, await api.RollOutAsync(folder.Vehicles, stages, call.Arguments.Text("canaries")?.Split(',')).ConfigureAwait(false)).ConfigureAwait(false);
        return 0;
    }

    private static async Task<int> RollBackAsync(Call call)
    {
        using var api = call.Api();
        await PrintAsync(call, await api.RollBackAsync().ConfigureAwait(false)).ConfigureAwait(false);
        return 0;
    }

    private static async Task<int> StatusAsync(Call call)
    {
        using var api = call.Api();
        await PrintAsync(call, await api.StatusAsync().ConfigureAwait(false)).ConfigureAwait(false);
        return 0;
    }

    private static async Task PrintAsync(Call call, DeviceProfilesView view)
    {
        if (view.RollOut is not { } rollOut)
        {
            await call.Output.WriteLineAsync("nothing was rolled out").ConfigureAwait(false);
        }
        else
        {
            await call.Output.WriteLineAsync(
                $"{rollOut.Kind} {rollOut.Version} by {rollOut.By}: {rollOut.State}, stage {rollOut.Stage} of {rollOut.Stages.Count} ({rollOut.Stages[rollOut.Stage - 1]} %), "
                + $"{rollOut.Applied} of {rollOut.Vehicles} vehicles have proved it, {rollOut.Unwell} took it back").ConfigureAwait(false);
            if (rollOut.Reason is not null) await call.Output.WriteLineAsync($"stopped: {rollOut.Reason}").ConfigureAwait(false);
        }

        foreach (var vehicle in view.Items)
        {
            string[] words =
            [
                vehicle.Vehicle, $"stage {vehicle.Stage?.ToString(CultureInfo.InvariantCulture) ?? "-"}", $"{vehicle.Outcome?.ToString() ?? "-"}", $"drift {vehicle.Drift}",
                .. vehicle.Local.Count > 0 ? [$"set on the vehicle: {string.Join(", ", vehicle.Local)}"] : Array.Empty<string>(),
                .. vehicle.Foreign > 0 ? [$"refused {vehicle.Foreign} bundles: {vehicle.LastForeign}"] : Array.Empty<string>(),
                .. vehicle.Reason is not null ? [vehicle.Reason] : Array.Empty<string>(),
            ];
            await call.Output.WriteLineAsync(string.Join('\t', words)).ConfigureAwait(false);
        }
    }

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
