using System.Text.Json;

namespace ThreeOneOne.Field.Evaluation.Data;

/// <summary>
/// Reads <c>roadshock/**/*.json</c>: recordings joined from clips, some of them in many recordings. A clip is taken once, by its
/// id, so that none is in two sets and none counts more than once.
/// </summary>
internal static class RoadshockClips
{
    public const double RateHz = 50;

    public static IReadOnlyList<RoadClip> Read(EvaluationContext context)
    {
        Dictionary<string, RoadClip> clips = [];
        foreach (var file in context.Files("roadshock", "*.json")) Read(file, clips);
        return [.. clips.Values.OrderBy(c => c.Id, StringComparer.Ordinal)];
    }

    private static void Read(string file, Dictionary<string, RoadClip> clips)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(file));
        var root = document.RootElement;
        if (!root.TryGetProperty("rot_acc_z", out _)) return;
        var (x, y, z) = (Values(root, "rot_acc_x"), Values(root, "rot_acc_y"), Values(root, "rot_acc_z"));
        var at = 0;
        foreach (var sample in root.GetProperty("metadata").GetProperty("samples").EnumerateArray())
        {
            var length = sample.GetProperty("length").GetInt32();
            if (at + length > z.Length) throw new InvalidDataException($"{file}: its clips are longer than its samples");
            var id = sample.GetProperty("sample_uuid").GetString()!;
            var kmh = sample.GetProperty("speed").GetDouble();
            clips.TryAdd(id, new RoadClip(id, sample.GetProperty("vehicle").GetString()!, Label(sample.GetProperty("type").GetString()!, file),
                kmh < 0 ? double.NaN : kmh / 3.6, RateHz, x[at..(at + length)], y[at..(at + length)], z[at..(at + length)]));
            at += length;
        }
    }

    private static RoadLabel Label(string type, string file) => type switch
    {
        "Normal" => RoadLabel.Regular,
        "Bache" => RoadLabel.Pothole,
        "Bordo" => RoadLabel.Hump,
        "Boyas" => RoadLabel.MetalBump,
        _ => throw new InvalidDataException($"{file}: '{type}' is no kind of clip; Normal, Bache, Bordo and Boyas are"),
    };

    private static float[] Values(JsonElement root, string name) => [.. root.GetProperty(name).EnumerateArray().Select(v => v.GetSingle())];
}
