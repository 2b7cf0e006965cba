using System.Text.Json;

namespace ThreeOneOne.Field.Agent.Clock;

/// <summary>
/// The note of the last known time. Replaced as a whole and fsynced, rarely. The folder is not synced: a name that is lost
/// with the power leaves an older note, which says less and nothing false.
/// </summary>
internal sealed class ClockFile(string path)
{
    /// <returns>Null when there is none, or none that can be read.</returns>
    public ClockNote? Read()
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllBytes(path), ClockJson.Default.ClockNote) : null;
        }
        catch (Exception e) when (e is JsonException or IOException)
        {
            return null;
        }
    }

    /// <exception cref="IOException">The disk did not take it; the old note stays.</exception>
    public void Write(ClockNote note)
    {
        var next = path + ".new";
        using (var file = new FileStream(next, FileMode.Create, FileAccess.Write))
        {
            file.Write(JsonSerializer.SerializeToUtf8Bytes(note, ClockJson.Default.ClockNote));
            file.Flush(flushToDisk: true);
        }

        File.Move(next, path, overwrite: true);
    }
}
