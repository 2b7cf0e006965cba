using Microsoft.Extensions.Logging.Abstractions;
using ThreeOneOne.Field.Agent.Attachments;
using ThreeOneOne.Field.Agent.Care;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Outbox;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Edge.Tests.Care;

/// <summary>The rooms that a wipe sees, without a vehicle around them: each of its steps in a test's hand.</summary>
internal sealed class DrainingVehicle : IAsyncDisposable
{
    private readonly string data;
    private readonly DeviceClock clock = new(TimeProvider.System);
    private readonly AttachmentStore attachments;

    public DrainingVehicle(string data)
    {
        this.data = data;
        Outbox = DiskOutbox.Open(Path.Combine(data, "outbox"), new OutboxOptions { GroupSeconds = 0.02 }, NullLogger.Instance);
        attachments = new AttachmentStore(Path.Combine(data, "attachments"), new AttachmentsOptions(), clock, NullLogger.Instance);
    }

    public DiskOutbox Outbox { get; }

    public bool Closed { get; private set; }

    public IEnumerable<CommandResult> Results => Outbox.Waiting(k => k == RecordKind.Result).Select(w => w.Record.Result!);

    /// <param name="close">Done as the crew's actions are refused.</param>
    /// <param name="destroy">Destroys one file.</param>
    /// <param name="targets">What goes; null: the data key's file.</param>
    public WipeKeeper Keeper(Action close, Action<string> destroy, WipeTargets? targets = null) => new(
        new StateFile(Path.Combine(data, "wipe.json")), Outbox, attachments, clock, TimeProvider.System,
        _ =>
        {
            close();
            Closed = true;
            return Task.CompletedTask;
        },
        new Wiping(data, destroy), targets ?? new WipeTargets([Path.Combine(data, "data-key.json")], [], []), () => { }, NullLogger.Instance);

    /// <summary>A crew's action reaches the outbox.</summary>
    public void Append(string id) => Outbox.Append(
        new WireRecord { Seq = 0, Stamp = clock.StampNow(), Action = new CrewAction { Id = id, Kind = CrewActionKind.Duress } }, RecordPriority.Action);

    /// <summary>The hub has all of it.</summary>
    public void AcknowledgeAll()
    {
        foreach (var (id, _) in Outbox.Waiting(_ => true)) Outbox.Acknowledge(id.Epoch, [(id.Seq, id.Seq)]);
    }

    /// <summary>Waits for the keeper, which waits until its result has left.</summary>
    public async Task EndAsync(Task keeping)
    {
        while (!keeping.IsCompleted)
        {
            AcknowledgeAll();
            await Task.Delay(20);
        }

        await keeping;
    }

    public ValueTask DisposeAsync() => Outbox.DisposeAsync();
}
