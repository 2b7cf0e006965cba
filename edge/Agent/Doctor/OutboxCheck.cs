using System.Globalization;
using ThreeOneOne.Field.Agent.Keys;
using ThreeOneOne.Field.Agent.Outbox;
using ThreeOneOne.Field.Agent.Sealing;

namespace ThreeOneOne.Field.Agent.Doctor;

/// <summary>What waits for the hub: readable, with its key there, and not near its limit.</summary>
/// <param name="folder">The vehicle's data.</param>
/// <param name="options">The outbox's limit.</param>
/// <param name="key">Where the data key is.</param>
internal sealed class OutboxCheck(string folder, OutboxOptions options, DataKeyFile key) : ICheck
{
    private const double Full = 0.8;

    public string Name => "outbox";

    public Task<Finding> LookAsync(CancellationToken stop)
    {
        var outbox = Path.Combine(folder, "outbox");
        if (!Directory.Exists(outbox)) return Found(CheckState.Note, "nothing was ever kept: the agent has not run", "sudo systemctl start field-agent");
        DataKey? opened;
        try
        {
            opened = key.Read();
        }
        catch (IOException e)
        {
            return Found(CheckState.Wrong, "its key cannot be opened", e.Message);
        }

        using (opened)
        {
            try
            {
                var (records, actions, bytes) = (0, 0, 0L);
                foreach (var record in new OutboxSnapshot(outbox, opened).Records())
                {
                    stop.ThrowIfCancellationRequested();
                    records++;
                    bytes += record.StoredBytes;
                    if (record.Kind is Wire.RecordKind.Action or Wire.RecordKind.Shift) actions++;
                }

                var says = string.Create(CultureInfo.InvariantCulture, $"{records} records wait for the hub, {actions} of them of the crew");
                return bytes > Full * options.MaxBytes
                    ? Found(CheckState.Wrong, $"{says}; it is nearly full, and then the least important are dropped", "let the vehicle reach the hub, or hand it over: field-agent outbox export --to /media/STICK")
                    : Found(CheckState.Ok, says, null);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
            {
                return Found(CheckState.Wrong, $"it cannot be read: {e.Message}", $"chown -R field-agent: {folder}; if it stays, take the card to whoever maintains the program, with nothing deleted");
            }
        }
    }

    private Task<Finding> Found(CheckState state, string says, string? remedy) => Task.FromResult(new Finding(Name, state, says, remedy));
}
