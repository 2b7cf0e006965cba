using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using ThreeOneOne.Field.Agent.Outbox;
using ThreeOneOne.Field.Agent.Positioning;
using ThreeOneOne.Field.Agent.Shifts;
using ThreeOneOne.Field.Agent.WorkOrders;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Panel;

/// <summary>
/// What the button does, with or without a screen. Short: fixed one here, or marks the spot; while the vehicle is too fast for its
/// panel always the mark. Long: the next step of the one job that can be meant. Longest: begins or ends the shift. Acts when it is
/// let go; while it is held the lamp shows what letting go would do. Says whether it was saved.
/// </summary>
/// <param name="options">Times and meanings.</param>
/// <param name="gate">The shift.</param>
/// <param name="book">The jobs.</param>
/// <param name="actions">Takes what was done.</param>
/// <param name="arrival">Which jobs are within reach.</param>
/// <param name="fixes">Where the vehicle is.</param>
/// <param name="locked">True while the vehicle is too fast for its panel.</param>
/// <param name="changeShift">Signs a crew on (with its id) or off; throws as the desk of shifts does, with words.</param>
/// <param name="lamp">Answers.</param>
/// <param name="time">Paces the lamp.</param>
/// <param name="log">Told of every press.</param>
public sealed class ButtonDesk(
    ButtonOptions options, ShiftGate gate, OrderBook book, ActionDesk actions, Arrival arrival, FixFeed fixes, Func<bool> locked,
    Func<ShiftState, string?, CancellationToken, ValueTask> changeShift, Lamp lamp, TimeProvider time, ILogger log) : IDisposable
{
    private const string UsualService = "pothole";
    private const int EdgesAhead = 64;
    private const int BlinkMs = 150;
    private const int LongestHeldMs = 60_000;

    private long downAt = long.MinValue;
    private long shortAt = long.MinValue;
    private CancellationTokenSource? shown;
    private Task showing = Task.CompletedTask;

    /// <summary>Acts on every press until stopped.</summary>
    public async Task RunAsync(IButtonSource source, CancellationToken stop)
    {
        var edges = Channel.CreateBounded<ButtonEdge>(new BoundedChannelOptions(EdgesAhead) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        var pump = PumpAsync(source, edges.Writer, stop);
        var debounce = new Debounce(options.DebounceMs);
        try
        {
            while (true)
            {
                if (await NextAsync(edges.Reader, debounce.IsUnsettled, stop).ConfigureAwait(false) is { } edge)
                {
                    foreach (var change in debounce.Take(edge)) await TakeAsync(change, stop).ConfigureAwait(false);
                }
                else if (debounce.IsUnsettled)
                {
                    await TakeAsync(debounce.Settle(), stop).ConfigureAwait(false);
                }
                else
                {
                    break;
                }
            }
        }
        finally
        {
            await ShowAsync(null).ConfigureAwait(false);
        }

        await pump.ConfigureAwait(false);
    }

    public void Dispose() => shown?.Dispose();

    private static async Task PumpAsync(IButtonSource source, ChannelWriter<ButtonEdge> to, CancellationToken stop)
    {
        try
        {
            await foreach (var edge in source.ReadAsync(stop).ConfigureAwait(false)) to.TryWrite(edge);
            to.TryComplete();
        }
        catch (OperationCanceledException e)
        {
            to.TryComplete(e);
        }
    }

    /// <returns>Null when no edge came in the time of the bounce, or none comes any more.</returns>
    private async ValueTask<ButtonEdge?> NextAsync(ChannelReader<ButtonEdge> edges, bool soon, CancellationToken stop)
    {
        var next = edges.WaitToReadAsync(stop).AsTask();
        if (soon && await Task.WhenAny(next, Task.Delay(TimeSpan.FromMilliseconds(options.DebounceMs), time, stop)).ConfigureAwait(false) != next) return null;
        return await next.ConfigureAwait(false) && edges.TryRead(out var edge) ? edge : null;
    }

    private async ValueTask TakeAsync(ButtonEdge change, CancellationToken stop)
    {
        if (change.Down)
        {
            downAt = change.AtMs;
            await ShowAsync(ShowHeldAsync).ConfigureAwait(false);
            return;
        }

        if (downAt == long.MinValue) return;
        var held = change.AtMs - downAt;
        downAt = long.MinValue;
        await ShowAsync(null).ConfigureAwait(false);
        bool saved;
        try
        {
            log.Pressed(held, await ActAsync(held, change.AtMs, stop).ConfigureAwait(false));
            saved = true;
        }
        catch (Exception e) when (e is ActionRefusedException or ShiftRefusedException or OutboxException or IOException)
        {
            log.NotTaken(held, e.Message);
            saved = false;
        }

        await ShowAsync(saved ? lamp.SayYesAsync : lamp.SayNoAsync).ConfigureAwait(false);
    }

    /// <returns>What was done, for the log.</returns>
    private async ValueTask<string> ActAsync(long held, long atMs, CancellationToken stop)
    {
        if (held >= options.StuckMs || held < 0) throw Refuse("nobody holds a button for so long");
        if (held >= options.ShiftMs) return await ChangeShiftAsync(stop).ConfigureAwait(false);
        if (held >= options.LongMs) return await StepAsync(stop).ConfigureAwait(false);
        if (shortAt != long.MinValue && atMs - shortAt < options.RestMs && atMs >= shortAt) throw Refuse("so soon after the one before it is the same press");
        var moving = locked();
        var kind = moving || options.ShortPress == ButtonShort.Report ? CrewActionKind.Report : CrewActionKind.FixedHere;
        var request = new ActionRequest { Id = NewId(), Kind = kind, Service = Service() };
        await actions.TakeAsync(request, stop).ConfigureAwait(false);
        shortAt = atMs;
        return $"{kind} of {request.Service}{(moving ? ", driving" : "")}";
    }

    private async ValueTask<string> StepAsync(CancellationToken stop)
    {
        if (locked()) throw Refuse("no step is taken while driving");
        var order = Meant() ?? throw Refuse("several jobs or none could be meant");
        var kind = order.MustAcknowledge ? CrewActionKind.Acknowledge : order.State switch
        {
            OrderState.Assigned => CrewActionKind.Accept,
            OrderState.Accepted => CrewActionKind.Arrive,
            OrderState.Started => CrewActionKind.Complete,
            _ => CrewActionKind.Start,
        };
        await actions.TakeAsync(new ActionRequest { Id = NewId(), Kind = kind, Order = order.Copy.Id }, stop).ConfigureAwait(false);
        return $"{kind} of {order.Copy.Number}";
    }

    private async ValueTask<string> ChangeShiftAsync(CancellationToken stop)
    {
        if (options.Crew.Length == 0) throw Refuse("Button:Crew names nobody to sign on or off");
        if (locked()) throw Refuse("no shift begins or ends while driving");
        var on = gate.Shift is null;
        await changeShift(on ? ShiftState.On : ShiftState.Off, on ? options.Crew : null, stop).ConfigureAwait(false);
        return on ? $"{options.Crew} on shift" : "off shift";
    }

    // The job that nobody could mistake: an emergency, what is under way, what alone is within reach, what alone is open.
    private OrderView? Meant()
    {
        var open = book.Orders.Where(o => o.IsOpen).ToList();
        return open.Find(o => o.MustAcknowledge) ?? open.Find(o => o.IsUnderWay)
            ?? (arrival.Nearby(fixes.Latest) is [var alone] ? alone : null)
            ?? book.Active ?? (open is [var only] ? only : null);
    }

    private string Service() =>
        options.Service.Length > 0 ? options.Service
        : actions.Recent.LastOrDefault(a => a.Action is { Kind: CrewActionKind.FixedHere, Service: not null } && a.Shift == gate.Shift?.Id)?.Action.Service
            ?? book.Active?.Copy.Service ?? UsualService;

    private static ActionRefusedException Refuse(string cause) => new(cause, "press again");

    private static string NewId() => Guid.NewGuid().ToString();

    // Lit: let go for the next step. Blinking: let go for the shift.
    private async Task ShowHeldAsync(CancellationToken stop)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(options.LongMs), time, stop).ConfigureAwait(false);
        lamp.Set(true);
        await Task.Delay(TimeSpan.FromMilliseconds(options.ShiftMs - options.LongMs), time, stop).ConfigureAwait(false);
        await lamp.FlashAsync(LongestHeldMs / BlinkMs, BlinkMs, stop).ConfigureAwait(false);
    }

    // One thing at a time: the newest.
    private async ValueTask ShowAsync(Func<CancellationToken, Task>? show)
    {
        if (shown is not null)
        {
            await shown.CancelAsync().ConfigureAwait(false);
            await showing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            shown.Dispose();
            shown = null;
            lamp.Set(false);
        }

        if (show is null) return;
        shown = new CancellationTokenSource();
        showing = show(shown.Token);
    }
}
