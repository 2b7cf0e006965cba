using Microsoft.Extensions.Logging;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Outbox;
using ThreeOneOne.Field.Agent.Positioning;
using ThreeOneOne.Field.Agent.Shifts;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.WorkOrders;

/// <summary>Takes the crew's actions: checked, stamped, placed, and on disk before anyone is told that they are saved.</summary>
public sealed class ActionDesk : IDisposable
{
    private readonly SemaphoreSlim one = new(1, 1);
    private readonly WorkOrdersOptions options;
    private readonly ShiftGate gate;
    private readonly OrderBook book;
    private readonly FixFeed fixes;
    private readonly DiskOutbox outbox;
    private readonly Func<IReadOnlyList<string>, AttachmentRef[]?> claim;
    private readonly DeviceClock clock;
    private readonly ILogger log;
    private ActionRefusedException? closed;

    /// <param name="options">Limits.</param>
    /// <param name="gate">Who is on board.</param>
    /// <param name="book">The orders.</param>
    /// <param name="fixes">Where it is done.</param>
    /// <param name="outbox">Where it is saved.</param>
    /// <param name="claim">Keeps the named files until the hub has them; null when one is not on this vehicle.</param>
    /// <param name="clock">Stamps.</param>
    /// <param name="log">Told of every action.</param>
    internal ActionDesk(
        WorkOrdersOptions options, ShiftGate gate, OrderBook book, FixFeed fixes, DiskOutbox outbox,
        Func<IReadOnlyList<string>, AttachmentRef[]?> claim, DeviceClock clock, ILogger log)
    {
        this.options = options;
        this.claim = claim;
        this.gate = gate;
        this.book = book;
        this.fixes = fixes;
        this.outbox = outbox;
        this.clock = clock;
        this.log = log;
    }

    /// <summary>Raised when an action was saved.</summary>
    public event Action? Saved;

    /// <summary>Actions of the last day, newest last.</summary>
    public IReadOnlyList<OwnAction> Recent => book.Own.All;

    /// <summary>Takes an action of a person. Completes after its fsync.</summary>
    /// <returns>Its record; the same for the same id.</returns>
    /// <exception cref="ActionRefusedException">It makes no sense now.</exception>
    /// <exception cref="OutboxException">The disk does not take it now: not saved, press again.</exception>
    public ValueTask<RecordId> TakeAsync(ActionRequest request, CancellationToken stop) => TakeAsync(request, noticedAt: null, stop);

    /// <param name="request">The action.</param>
    /// <param name="noticedAt">The fix at which the vehicle itself says that it happened; null: a person says it now.</param>
    /// <param name="stop">Gives up.</param>
    internal async ValueTask<RecordId> TakeAsync(ActionRequest request, Fix? noticedAt, CancellationToken stop)
    {
        await one.WaitAsync(stop).ConfigureAwait(false);
        RecordId id;
        try
        {
            id = request.Id is { } known && book.Own.Find(known) is { } taken ? taken.Record : Append(request, noticedAt);
        }
        finally
        {
            one.Release();
        }

        await outbox.EnsureDurableAsync(id, stop).ConfigureAwait(false);
        try
        {
            book.Own.Save();
        }
        catch (IOException e)
        {
            // The action is in the outbox; only a restart after its acknowledgement forgets its id.
            log.CannotSaveActions(e.Message);
        }

        Saved?.Invoke();
        return id;
    }

    /// <summary>Takes nothing more. Returns when what was taken before is in the outbox.</summary>
    /// <param name="cause">Why, for the crew.</param>
    /// <param name="remedy">What to do.</param>
    /// <param name="stop">Gives up.</param>
    public async Task CloseAsync(string cause, string remedy, CancellationToken stop)
    {
        await one.WaitAsync(stop).ConfigureAwait(false);
        closed = new ActionRefusedException(cause, remedy);
        one.Release();
    }

    public void Dispose() => one.Dispose();

    private RecordId Append(ActionRequest request, Fix? noticedAt)
    {
        if (closed is { } why) throw new ActionRefusedException(why.Message, why.Remedy);
        var now = clock.MonotonicMs;
        var passage = gate.Pass(clock.Boot, now);
        if (passage.Duty is not { } duty) throw new ActionRefusedException("no crew is signed on", "sign on first");
        var automatic = noticedAt is not null;
        // What began before the shift is said to be now.
        if (noticedAt is not null && !gate.Pass(clock.Boot, noticedAt.MonotonicMs).Allowed) noticedAt = null;
        var fix = noticedAt ?? (fixes.Latest is { } latest && now - latest.MonotonicMs <= options.FixAgeSeconds * 1000
            && gate.Pass(clock.Boot, latest.MonotonicMs).Allowed ? latest : null);
        ActionRules.Check(request, book, duty.Shift, fix is not null);
        var place = ActionRules.HasPlace(request.Kind) ? fix : null;
        // Claimed before the action is saved: a power cut in between leaves a file that nobody names, never a name without a file.
        var attachments = request.Attachments is { Length: > 0 } names
            ? claim(names) ?? throw new ActionRefusedException("a photo that the action names is not on this vehicle", "send the photo again, or leave it out")
            : null;
        var action = new CrewAction
        {
            Id = request.Id!,
            Kind = request.Kind,
            Order = ActionRules.NamesOrder(request, book) ? request.Order : null,
            At = place?.At.Rounded(),
            AccuracyM = place?.Hdop is { } hdop ? Math.Round(hdop * options.MetresPerHdop, 1) : null,
            Automatic = automatic,
            Service = request.Service,
            Hazard = request.Kind == CrewActionKind.Hazard ? request.Hazard : null,
            Reason = request.Reason,
            Note = request.Note,
            Undoes = request.Kind == CrewActionKind.Undo ? request.Undoes : null,
            Resolution = request.Resolution,
            Until = request.Until,
            To = request.Kind == CrewActionKind.HandOver ? request.To : null,
            Point = request.Kind is CrewActionKind.Point or CrewActionKind.FixedHere ? request.Point : null,
            Used = request.Used is { Length: > 0 } ? request.Used : null,
            Attachments = attachments,
        };
        var record = new WireRecord
        {
            Seq = 0,
            Stamp = clock.Stamp(fix?.FixTime, noticedAt?.DeviceTime ?? clock.Now, noticedAt?.MonotonicMs ?? now, fix?.Replay ?? false),
            Duty = duty with { Member = request.Member },
            Action = action,
        };
        var id = outbox.Append(record, RecordPriority.Action)
            ?? throw new OutboxException("the disk has taken nothing for so long that the outbox is full");
        var label = book.Find(action.Order) is { } order ? $"{order.Copy.Number} · {order.Copy.Title}"
            : action.Order is null ? null : book.Own.All.LastOrDefault(a => a.Action.Order == action.Order)?.Label;
        book.Own.Add(new OwnAction { Action = action, Record = id, Taken = clock.Now, Shift = duty.Shift, Label = label });
        log.ActionTaken(action.Kind.ToString(), action.Order ?? "-", automatic, id.Seq);
        return id;
    }
}
