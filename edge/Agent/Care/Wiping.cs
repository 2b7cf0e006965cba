using System.Text.Json;
using Microsoft.Extensions.Logging;
using ThreeOneOne.Field.Agent.Outbox;

namespace ThreeOneOne.Field.Agent.Care;

/// <summary>
/// The part of a wipe that nothing takes back. It is noted, unsealed, before the first key goes; whatever the power does from
/// there on, the next start finishes it (<see cref="Finish(string, ILogger)"/>) before it opens a key or asks for an identity.
/// </summary>
/// <param name="data">The data folder.</param>
/// <param name="erase">Destroys one file.</param>
public sealed class Wiping(string data, Action<string>? erase = null)
{
    private const string Name = "wiping.json";

    private readonly Action<string> erase = erase ?? Leftovers.Erase;

    private string NoteFile => Path.Combine(data, Name);

    /// <summary>Why the folder must not be opened; null when it may.</summary>
    public static string? Fault(string data) =>
        File.Exists(Path.Combine(data, Name)) ? $"{data} is being wiped: start field-agent, which finishes that, and try again" : null;

    /// <summary>Finishes what an earlier run began; does nothing when none did.</summary>
    /// <returns>True when there was something to finish.</returns>
    /// <exception cref="IOException">Something could not be destroyed; the message names it and the next start tries again.</exception>
    public static bool Finish(string data, ILogger log)
    {
        var wiping = new Wiping(data);
        if (wiping.Read() is not { } note) return false;
        log.WipeFinishes(note.Command, note.Step);
        wiping.Finish();
        return true;
    }

    /// <summary>Notes it; from here on there is no way back.</summary>
    /// <exception cref="IOException">The disk did not take it.</exception>
    public void Begin(string command, WipeTargets targets) => Write(new WipingNote(command, WipingNote.Destroy, targets));

    /// <summary>Destroys all of it, each on its own: one that resists saves no other.</summary>
    /// <returns>What is still there and why; empty when nothing is.</returns>
    public IReadOnlyList<string> Destroy(WipeTargets targets)
    {
        List<string> faults = [];
        foreach (var file in targets.Files) Try(file, faults);
        foreach (var folder in targets.Folders)
        {
            try
            {
                if (!Directory.Exists(folder)) continue;
                foreach (var file in Directory.GetFiles(folder)) Try(file, faults);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                faults.Add($"{folder} ({e.Message})");
            }
        }

        return faults;
    }

    /// <summary>Destroys once more what somebody may have written meanwhile, empties the data folder, and forgets the note last.</summary>
    /// <exception cref="IOException">Something could not be destroyed.</exception>
    public void Finish()
    {
        if (Read() is not { } note) return;
        if (note.Step != WipingNote.Empty)
        {
            if (Destroy(note.Targets) is { Count: > 0 } faults)
                throw new IOException($"wipe {note.Command} cannot destroy {string.Join("; ", faults)}: remove it by hand, then start again");
            Write(note with { Step = WipingNote.Empty });
        }

        Leftovers.Remove(data, [NoteFile, .. note.Targets.Keep]);
        erase(NoteFile);
    }

    private void Try(string file, List<string> faults)
    {
        try
        {
            erase(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            faults.Add($"{file} ({e.Message})");
        }
    }

    private void Write(WipingNote note) => DurableFile.Replace(NoteFile, JsonSerializer.SerializeToUtf8Bytes(note, CareJson.Default.WipingNote));

    // Replaced as a whole: one that cannot be read is of a disk that fails, and is no reason to begin as if there were none.
    private WipingNote? Read()
    {
        if (!File.Exists(NoteFile)) return null;
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(NoteFile), CareJson.Default.WipingNote) ?? throw new IOException($"{NoteFile} is empty");
        }
        catch (JsonException e)
        {
            throw new IOException($"{NoteFile} is damaged: this vehicle was to be wiped; remove its data and identity folders by hand ({e.Message})", e);
        }
    }
}
