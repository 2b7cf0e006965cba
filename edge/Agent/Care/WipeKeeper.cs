using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using ThreeOneOne.Field.Agent.Attachments;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Outbox;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Care;

/// <summary>
/// Wipes the vehicle by an order: what is unsent leaves first, crew actions before the rest, for as long as the order says;
/// then nothing new is taken, the data key and the identity are destroyed, which nothing brings back, and only then the result
/// says so. A restart goes on where it was.
/// </summary>
/// <param name="file">Where it is noted.</param>
/// <param name="outbox">What must leave, and carries the result.</param>
/// <param name="attachments">What must leave too.</param>
/// <param name="clock">Stamps.</param>
/// <param name="time">Waits.</param>
/// <param name="close">Refuses the crew's actions from then on; those taken before it returns are in the outbox.</param>
/// <param name="wiping">Destroys.</param>
/// <param name="targets">Keys and identity.</param>
/// <param name="end">Ends the program.</param>
/// <param name="log">Told of each step.</param>
public sealed class WipeKeeper(
    StateFile file, DiskOutbox outbox, AttachmentStore attachments, DeviceClock clock, TimeProvider time, Func<CancellationToken, Task> close, Wiping wiping,
    WipeTargets targets, Action end, ILogger log)
{
    /// <summary>Longest time that an order may leave, seconds.</summary>
    public const int MostSeconds = 7 * 24 * 3600;

    private const int DefaultSeconds = 600;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan ResultWaits = TimeSpan.FromMinutes(2);
    // Sensors go on: what they add while the last actions leave is not waited for without end.
    private static readonly TimeSpan LastLook = TimeSpan.FromSeconds(5);

    private readonly TaskCompletionSource ordered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WipeNote? note = Read(file);

    /// <summary>True when key and identity are gone: the rest of the folder may go.</summary>
    public bool IsWiped { get; private set; }

    /// <summary>True while this order is being carried out.</summary>
    public bool Carries(string command) => note?.Command == command;

    /// <summary>Notes the order; from now on it is carried out, whatever comes between.</summary>
    /// <exception cref="FormatException">No such time.</exception>
    /// <exception cref="InvalidOperationException">Another one is under way.</exception>
    /// <exception cref="IOException">The disk does not take it; nothing is begun.</exception>
    public void Order(string command, string? seconds)
    {
        var left = DefaultSeconds;
        if (seconds is not null && (!int.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out left) || left > MostSeconds))
            throw new FormatException($"seconds = '{seconds}': expected 0 to {MostSeconds}");
        if (note is { } other) throw new InvalidOperationException($"wipe {other.Command} is under way");
        Write(new WipeNote(command, left));
        log.WipeOrdered(command, left);
        ordered.TrySetResult();
    }

    /// <summary>Waits for an order and carries it out.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        if (note is null) await ordered.Task.WaitAsync(stop).ConfigureAwait(false);
        if (note is not { } order) return;
        var left = await DrainAsync(order, Unsent, stop).ConfigureAwait(false);
        // Whoever presses from here on is told; what was pressed in the meantime still leaves.
        await close(stop).ConfigureAwait(false);
        var since = clock.MonotonicMs;
        await DrainAsync(order with { LeftSeconds = left }, () => clock.MonotonicMs - since < LastLook.TotalMilliseconds ? Unsent() : UnsentOfCrew(), stop).ConfigureAwait(false);
        var unsent = Unsent();
        var faults = Destroy(order.Command);
        IsWiped = true;
        if (faults.Count > 0) log.WipedInPart(order.Command, string.Join("; ", faults));
        else log.Wiped(order.Command, unsent);
        // The keys that open sessions hold are in memory until the program ends: the result still leaves by them.
        var result = new CommandResult(
            order.Command, faults.Count == 0 ? CommandOutcome.Done : CommandOutcome.Failed,
            (faults.Count == 0 ? "wiped; " : CommandResult.WipedInPart + "; ")
            + (unsent == 0 ? "everything had been sent" : string.Create(CultureInfo.InvariantCulture, $"{unsent} records and files were not sent in time and are lost"))
            + (faults.Count == 0 ? "" : "; not destroyed: " + string.Join("; ", faults)));
        try
        {
            var id = await outbox.AppendDurableAsync(
                new WireRecord { Seq = 0, Stamp = clock.StampNow(), Result = result }, RecordPriority.Duress, stop).ConfigureAwait(false);
            var began = clock.MonotonicMs;
            while (outbox.IsWaiting(id) && clock.MonotonicMs - began < ResultWaits.TotalMilliseconds) await Task.Delay(Look, time, stop).ConfigureAwait(false);
        }
        catch (OutboxException)
        {
            // The hub shows an order that was sent and not answered.
        }

        end();
    }

    private int Unsent() => outbox.Counts.Records + attachments.Waiting.Count;

    private int UnsentOfCrew() => outbox.Counts.Actions + attachments.Waiting.Count;

    private List<string> Destroy(string command)
    {
        List<string> faults = [];
        try
        {
            wiping.Begin(command, targets);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A disk that takes no note may still let go of a key.
            faults.Add($"the note of it ({e.Message})");
        }

        return [.. wiping.Destroy(targets), .. faults];
    }

    /// <returns>Seconds that are left.</returns>
    private async Task<double> DrainAsync(WipeNote order, Func<int> unsent, CancellationToken stop)
    {
        var began = clock.MonotonicMs;
        var noted = order.LeftSeconds;
        while (true)
        {
            var left = order.LeftSeconds - ((clock.MonotonicMs - began) / 1000.0);
            if (left <= 0 || unsent() == 0) return left;
            // A vehicle that is switched off and on again does not get the time anew.
            if (noted - left >= 30)
            {
                noted = left;
                Write(order with { LeftSeconds = left });
            }

            await Task.Delay(Look, time, stop).ConfigureAwait(false);
        }
    }

    private void Write(WipeNote value)
    {
        file.Replace(JsonSerializer.SerializeToUtf8Bytes(value, CareJson.Default.WipeNote));
        note = value;
    }

    private static WipeNote? Read(StateFile file)
    {
        try
        {
            return file.Read() is { } bytes ? JsonSerializer.Deserialize(bytes, CareJson.Default.WipeNote) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
