using System.Globalization;
using ThreeOneOne.Field.Agent.Attachments;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Hazards;
using ThreeOneOne.Field.Agent.Light;
using ThreeOneOne.Field.Agent.Outbox;
using ThreeOneOne.Field.Agent.Positioning;
using ThreeOneOne.Field.Agent.Profile;
using ThreeOneOne.Field.Agent.Shifts;
using ThreeOneOne.Field.Agent.WorkOrders;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Console;

/// <summary>What the crew's screen sees and may do: the rooms behind it, without the web.</summary>
/// <param name="options">When the screen is locked.</param>
/// <param name="vehicle">Who this is.</param>
/// <param name="gate">The shift as it is.</param>
/// <param name="shifts">Changes the shift.</param>
/// <param name="book">The orders.</param>
/// <param name="actions">Takes actions.</param>
/// <param name="arrival">What is nearby and what the vehicle does.</param>
/// <param name="fixes">The latest fix.</param>
/// <param name="outbox">Unsent counts.</param>
/// <param name="attachments">Takes photos, voice notes and signatures.</param>
/// <param name="profile">Crews, services and rates as they came down.</param>
/// <param name="hazards">Dangers that stand.</param>
/// <param name="signOn">Knows people.</param>
/// <param name="clock">Ages.</param>
/// <param name="sights">What else the screen shows, asked for at each look.</param>
public sealed class ConsoleDesk(
    ConsoleOptions options,
    VehicleOptions vehicle,
    ShiftGate gate,
    ShiftDesk shifts,
    OrderBook book,
    ActionDesk actions,
    Arrival arrival,
    FixFeed fixes,
    DiskOutbox outbox,
    AttachmentStore attachments,
    ProfileStore profile,
    HazardBook hazards,
    SignOn signOn,
    DeviceClock clock,
    ConsoleSights sights)
{
    // More than a truck fills in a day: the screen counts them and takes any back.
    private const int RecentShown = 80;
    private const int HazardsShown = 20;
    private const int LongestIdentifySeconds = 600;
    private const double DarkSunDeg = -3;
    private const double DarkLux = 8;

    private readonly DriverLock driver = new(options, clock);
    private readonly Speaker speaker = new(options.SpeakProgram);
    private long identifyUntilMs = long.MinValue;

    /// <summary>Raised when a screen has fetched orders that none had shown before.</summary>
    public event Action? OrdersShown;

    /// <summary>Raised when something that the screen shows may have changed.</summary>
    public ChangeSignal Changes { get; } = new();

    /// <summary>True while the vehicle is too fast for anybody to look at a screen.</summary>
    public bool IsLocked => driver.IsLocked;

    /// <summary>Takes each fix of the receiver.</summary>
    public void Hear(Fix fix)
    {
        driver.Hear(fix);
        Changes.Raise();
    }

    public ConsoleState State()
    {
        var (fix, held) = (fixes.Latest, book.Held);
        var shift = gate.Shift;
        var counts = outbox.Counts;
        var recent = actions.Recent;
        var state = new ConsoleState
        {
            Vehicle = vehicle.Id,
            Kind = vehicle.Kind,
            Shift = new ConsoleShift(gate.State, shift?.Id, shift?.Crew, Crew(shift?.Crew)?.Name, shift?.Members ?? [], shift?.Since),
            Activity = arrival.ActivityAt(fix),
            Orders = [.. book.Orders.Select(o => Shown(o, fix))],
            Nearby = [.. arrival.Nearby(fix).Select(o => o.Copy.Id)],
            Active = book.Active?.Copy.Id,
            Notices = book.Notices,
            Recent = [.. recent.Reverse().Take(RecentShown).Select(a => Shown(a, recent))],
            Connected = sights.Connected(),
            CutSince = sights.CutSince(),
            Offline = sights.Offline(),
            Unsent = counts.Records,
            UnsentActions = counts.Actions,
            UnsentFiles = attachments.Waiting.Count,
            UnsentFileBytes = attachments.UnsentBytes,
            FixAgeSeconds = fix is null ? null : Math.Round((clock.MonotonicMs - fix.MonotonicMs) / 1000.0, 1),
            SpeedMps = fix is null ? null : Math.Round(fix.SpeedMps, 1),
            At = fix?.At,
            CourseDeg = fix?.CourseDeg is { } course ? Math.Round(course) : null,
            Dark = fix is null ? null : Sun.ElevationDeg(fix.FixTime, fix.At) < DarkSunDeg || sights.Lux() < DarkLux,
            Locked = driver.IsLocked,
            VoiceNotes = options.VoiceNotes,
            Crews = [.. (profile.Vehicle.Crews ?? []).Select(c => new ConsoleCrew(c.Id, c.Name, SignOn.IsNeeded(c)))],
            Services = profile.Vehicle.Services ?? [],
            Rates = profile.Vehicle.Rates ?? [],
            Hazards = Near(fix),
            Speaks = speaker.IsThere,
            Ended = shift is null && shifts.LastEnded is { } ended
                ? new ConsoleReceipt(ended.Shift.Crew, ended.Shift.Since, ended.Shift.Ended?.DeviceTime, ended.Receipt.Actions) : null,
            Identify = clock.MonotonicMs < Interlocked.Read(ref identifyUntilMs),
        };
        if (book.NoteShown(held)) OrdersShown?.Invoke();
        return state;
    }

    /// <summary>Lets the screen show for a while which vehicle this is.</summary>
    /// <param name="seconds">1 to 600; null: 30.</param>
    /// <returns>What was done, for a person.</returns>
    /// <exception cref="FormatException">Not such a number.</exception>
    public string Identify(string? seconds)
    {
        var wanted = 30;
        if (seconds is not null && (!int.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out wanted) || wanted is < 1 or > LongestIdentifySeconds))
            throw new FormatException($"seconds = '{seconds}': expected 1 to {LongestIdentifySeconds}");
        Interlocked.Exchange(ref identifyUntilMs, clock.MonotonicMs + wanted * 1_000L);
        return $"shown for {wanted} s";
    }

    /// <exception cref="SignOnRefusedException">Somebody of the crew must be known first.</exception>
    public async ValueTask<SavedReply> ChangeShiftAsync(ShiftRequest request, CancellationToken stop)
    {
        var current = gate.Shift;
        var (asked, members) = (request.Crew is { Length: > 0 } named ? named : current?.Crew, request.Members);
        if (request.State != ShiftState.Off && Crew(asked) is { } crew && SignOn.IsNeeded(crew))
        {
            var onBoard = current?.Crew == asked ? current!.Members : [];
            // Who is on board is who was known, not what the page says.
            members = onBoard.Length > 0 && request.Pin is null ? null : [.. onBoard.Append(await Task.Run(() => signOn.Know(crew, request.Pin), stop).ConfigureAwait(false)).Distinct()];
        }

        var id = await shifts.ChangeAsync(request.State, request.Crew, members, stop).ConfigureAwait(false);
        return new SavedReply(true, id?.Epoch, id?.Seq);
    }

    /// <exception cref="DriverLockedException">The vehicle moves, and this takes more than one press.</exception>
    public async ValueTask<SavedReply> TakeActionAsync(ActionRequest request, CancellationToken stop)
    {
        if (driver.IsLocked && IsTyped(request)) throw new DriverLockedException();
        var id = await actions.TakeAsync(request, stop).ConfigureAwait(false);
        return new SavedReply(true, id.Epoch, id.Seq);
    }

    /// <exception cref="SpeakerException">There is no voice.</exception>
    public ValueTask<SavedReply> SayAsync(SayRequest request, CancellationToken stop)
    {
        speaker.Say(request.Text, request.Language);
        return new ValueTask<SavedReply>(new SavedReply(true, null, null));
    }

    public async Task<AttachmentReply> SaveAttachmentAsync(string? type, Stream content, long? length, CancellationToken stop)
    {
        var saved = await attachments.SaveAsync(type, content, length, stop).ConfigureAwait(false);
        return new AttachmentReply(true, saved.Sha256, saved.Type, saved.Bytes);
    }

    private ProfileCrew? Crew(string? id) => id is null ? null : profile.Vehicle.Crews?.FirstOrDefault(c => c.Id == id);

    // What one button can say is taken on the road too, from whoever presses it; what is read, chosen or typed is not.
    private static bool IsTyped(ActionRequest request) =>
        request.Kind != CrewActionKind.Duress
        && (request.Note is { Length: > 0 } || request.Reason is { Length: > 0 } || request.To is not null || request.Until is not null
            || request.Hazard is not null || request.Used is { Length: > 0 } || request.Attachments is { Length: > 0 });

    // Without a fix nobody knows which are near: those seen last.
    private ConsoleHazard[] Near(Fix? fix) =>
        [.. hazards.Standing
            .Select(h => new ConsoleHazard(
                h.Hazard.Id, h.Hazard.Kind, h.Hazard.At.Latitude, h.Hazard.At.Longitude, h.Hazard.Since, fix is null ? null : Math.Round(h.Hazard.At.DistanceMTo(fix.At)),
                fix is null ? null : Math.Round(fix.At.BearingDegTo(h.Hazard.At)), h.Own))
            .Where(h => h.DistanceM is null || h.DistanceM <= options.HazardsWithinM)
            .OrderBy(h => h.DistanceM).ThenByDescending(h => h.Since).ThenBy(h => h.Id, StringComparer.Ordinal)
            .Take(HazardsShown)];

    private static ConsoleOrder Shown(OrderView order, Fix? fix) => new(
        order.Copy.Id, order.Copy.Number, order.Copy.Request, order.Copy.Service, order.Copy.Title, order.Copy.Address,
        order.Copy.At.Latitude, order.Copy.At.Longitude, order.Copy.Pole, order.Copy.Priority, order.Copy.TargetDate, order.Copy.Note,
        order.State, fix is null ? null : Math.Round(order.Copy.At.DistanceMTo(fix.At)), fix is null ? null : Math.Round(fix.At.BearingDegTo(order.Copy.At)),
        order.Copy.Kind ?? "repair", order.Copy.Emergency, order.MustAcknowledge, order.Copy.Stops, order.Copy.Area);

    private ConsoleAction Shown(OwnAction own, IReadOnlyList<OwnAction> all) => new(
        own.Action.Id, own.Action.Kind, own.Action.Order, own.Label, own.Action.Service ?? own.Action.Hazard, own.Taken, own.Action.Automatic,
        all.Any(a => a.Action.Kind == CrewActionKind.Undo && a.Action.Undoes == own.Action.Id),
        !outbox.IsWaiting(own.Record),
        own.Shift is not null && own.Shift == gate.Shift?.Id && own.Action is { Automatic: false, Kind: not (CrewActionKind.Undo or CrewActionKind.Seen) });
}
