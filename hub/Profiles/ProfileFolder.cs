using System.Text.Json;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Profiles;

/// <summary>
/// A folder of profiles: <c>fleet.json</c>, <c>types/TYPE.json</c> and <c>vehicles/VEHICLE.json</c>, whose <c>Type</c> names the one
/// that it builds on.
/// </summary>
public sealed class ProfileFolder
{
    public const string FleetFile = "fleet.json";
    private const string TypeKey = "Type";
    private const long LongestFile = 256 * 1024;
    private const int MostFiles = 10_000;

    private static readonly JsonDocumentOptions Reading = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = 16 };

    private readonly string folder;
    private readonly List<ProfileMistake> mistakes = [];
    private readonly Dictionary<string, JsonElement> files = new(StringComparer.Ordinal);

    private ProfileFolder(string folder) => this.folder = folder;

    /// <summary>All that is wrong in it, in order of its files.</summary>
    public IReadOnlyList<ProfileMistake> Mistakes => mistakes;

    /// <summary>What each vehicle that has a file is told; of one in a folder with mistakes, what could be read.</summary>
    public IReadOnlyDictionary<string, VehicleSettings> Vehicles { get; private set; } = new Dictionary<string, VehicleSettings>();

    /// <summary>Reads a folder, and finds everything that is wrong in it at once.</summary>
    public static ProfileFolder Read(string path)
    {
        var read = new ProfileFolder(Path.GetFullPath(path));
        if (!Directory.Exists(read.folder)) read.mistakes.Add(new ProfileMistake(path, "", null, "a folder with fleet.json, types/ and vehicles/"));
        else read.ReadFiles();
        return read;
    }

    private void ReadFiles()
    {
        var names = Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(folder, f)).Order(StringComparer.Ordinal).Take(MostFiles).ToList();
        if (!names.Contains(FleetFile)) mistakes.Add(new ProfileMistake(FleetFile, "", null, "the file that all vehicles share"));
        foreach (var name in names)
        {
            if (name != FleetFile && !IsPlaced(name)) mistakes.Add(new ProfileMistake(name, "", null, $"a file called {FleetFile}, types/TYPE.json or vehicles/VEHICLE.json, with names of {Identifier.Rule}"));
            else ReadFile(name);
        }

        Dictionary<string, VehicleSettings> vehicles = new(StringComparer.Ordinal);
        foreach (var name in files.Keys.Where(n => n.StartsWith("vehicles/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)) vehicles[Path.GetFileNameWithoutExtension(name)] = Resolve(name);
        Vehicles = vehicles;
        if (vehicles.Count == 0 && mistakes.Count == 0) mistakes.Add(new ProfileMistake("vehicles", "", null, "a file for each vehicle, such as vehicles/unit-214.json"));
    }

    private void ReadFile(string name)
    {
        try
        {
            var path = Path.Combine(folder, name);
            if (new FileInfo(path).Length > LongestFile)
            {
                mistakes.Add(new ProfileMistake(name, "", null, $"at most {LongestFile} bytes"));
                return;
            }

            using var json = JsonDocument.Parse(File.ReadAllBytes(path), Reading);
            var profile = json.RootElement.Clone();
            mistakes.AddRange(ProfileSchema.Own.Check(profile, name));
            if (profile.ValueKind != JsonValueKind.Object) return;
            if (!name.StartsWith("vehicles/", StringComparison.Ordinal) && profile.TryGetProperty(TypeKey, out var type)) mistakes.Add(new ProfileMistake(name, TypeKey, type.GetRawText(), "no type here: a vehicle's file names it"));
            files[name] = profile;
        }
        catch (JsonException e)
        {
            mistakes.Add(new ProfileMistake(name, $"line {e.LineNumber + 1}", null, $"JSON; {e.Message}"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            mistakes.Add(new ProfileMistake(name, "", null, $"a readable file; {e.Message}"));
        }
    }

    private VehicleSettings Resolve(string name)
    {
        var merge = new ProfileMerge();
        if (files.TryGetValue(FleetFile, out var fleet)) merge.Add(fleet, FleetFile);
        if (files[name].TryGetProperty(TypeKey, out var type) && type.ValueKind == JsonValueKind.String)
        {
            var file = $"types/{type.GetString()}.json";
            if (files.TryGetValue(file, out var shared)) merge.Add(shared, file);
            else if (!File.Exists(Path.Combine(folder, file))) mistakes.Add(new ProfileMistake(name, TypeKey, type.GetRawText(), $"one of {string.Join(", ", files.Keys.Where(f => f.StartsWith("types/", StringComparison.Ordinal)).Select(Path.GetFileNameWithoutExtension))}"));
        }

        merge.Add(files[name], name);
        return merge.Result;
    }

    private static bool IsPlaced(string name) =>
        name.Split('/') is ["types" or "vehicles", var file] && Identifier.IsValid(Path.GetFileNameWithoutExtension(file));
}
