using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>What a crew said by radio, as the office typed it.</summary>
/// <remarks>
/// clientId is made by the page: the same again is the same report. saidBy: who of the crew said it. kind: one of <see cref="Kinds"/>, or
/// fixedHere without an order. crew: null is the one that has the order. at: work time, null is now. undoes: client id of the report, or id
/// of the action, that is taken back.
/// </remarks>
public sealed record RadioWords(
    string? ClientId = null, string? SaidBy = null, string? Kind = null, string? Crew = null, DateTimeOffset? At = null, string? Reason = null, string? Note = null,
    string? Resolution = null, DateTimeOffset? Until = null, string? To = null, RepairPoint? Point = null, double? Lat = null, double? Lon = null, string? Service = null,
    string? Undoes = null)
{
    private const int MaxId = 64;
    private const int MaxText = 200;
    private const int MaxNote = 4_000;

    // Radio is about today and, after a week-end, about the last working day.
    private static readonly TimeSpan Oldest = TimeSpan.FromHours(72);
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(1);

    public static readonly string[] Kinds =
    [
        "accept", "acknowledge", "arrive", "start", "suspend", "makeSafe", "temporaryRepair", "wait", "handOver", "point", "complete", "cannotComplete", "undo",
    ];

    public OrderEventKind EventKind => Enum.TryParse<OrderEventKind>(Kind, ignoreCase: true, out var kind) ? kind : OrderEventKind.Unknown;

    /// <summary>The action's id: no screen of a crew makes such a one.</summary>
    public static string ActionOf(string clientId) => "radio/" + clientId;

    /// <returns>What is wrong, by member.</returns>
    public Dictionary<string, string[]> Check(bool onTheSpot, DateTimeOffset now)
    {
        var errors = new Dictionary<string, string[]>();
        if (ClientId is not { Length: > 0 and <= MaxId }) errors["clientId"] = [$"1 to {MaxId} characters, made by the one who asks: the same again is the same report"];
        if (SaidBy is null || SaidBy.Trim().Length is 0 or > MaxId) errors["saidBy"] = [$"who of the crew said it, 1 to {MaxId} characters"];
        if (onTheSpot ? Kind != "fixedHere" : !Kinds.Contains(Kind)) errors["kind"] = [onTheSpot ? "fixedHere" : $"one of {string.Join(", ", Kinds)}"];
        if (At > now + Ahead || At < now - Oldest) errors["at"] = [$"not in the future, and at most {Oldest.TotalHours:0} hours ago"];
        if (Reason?.Length > MaxText) errors["reason"] = [$"at most {MaxText} characters"];
        if (Note?.Length > MaxNote) errors["note"] = [$"at most {MaxNote} characters"];
        if (Resolution is { Length: 0 or > MaxId }) errors["resolution"] = ["a code of the catalogue's resolutions"];
        if (Point is { } point && ((point.Quantity is { } quantity && (!double.IsFinite(quantity) || quantity <= 0)) || point.Type is { Length: 0 or > MaxId })) errors["point"] = ["a type and a quantity above 0"];
        if (Lat is null != Lon is null || (Lat is not null && !Place!.Value.IsPlausible)) errors["lat"] = ["lat and lon in degrees, or neither"];
        else if (onTheSpot && Lat is null) errors["lat"] = ["lat and lon of what was fixed, in degrees"];
        if ((Kind == "undo") != (Undoes is not null)) errors["undoes"] = ["the client id of what is taken back; only with kind undo"];
        return errors;
    }

    /// <param name="order">The order; null for what was found and fixed.</param>
    /// <param name="crew">Whose work it is.</param>
    /// <param name="shift">The crew's shift at that time, if the hub knows one.</param>
    /// <param name="atMs">Work time, Unix milliseconds.</param>
    /// <param name="seq">Number among all reports.</param>
    /// <param name="who">Who typed it.</param>
    public OrderEvent ToEvent(string? order, string crew, string? shift, long atMs, long seq, string who) => new()
    {
        Vehicle = OrderEvent.Radio, Epoch = OrderEvent.Hub, Seq = seq, Order = order, Kind = EventKind, AtMs = atMs, FixMs = atMs, DeviceMs = atMs, Crew = crew, Shift = shift,
        Member = SaidBy!.Trim(), Who = who, Action = ActionOf(ClientId!), Reason = Reason, Note = Note, Resolution = Resolution, UntilMs = Until?.ToUnixTimeMilliseconds(), To = To,
        Point = Point, At = Place,
    };

    private GeoPoint? Place => Lat is { } lat && Lon is { } lon ? new GeoPoint(lat, lon).Rounded() : null;
}
