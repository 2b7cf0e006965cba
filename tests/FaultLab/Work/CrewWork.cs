using System.Collections.Concurrent;
using System.Globalization;
using ThreeOneOne.Field.FaultLab.Programs;

namespace ThreeOneOne.Field.FaultLab.Work;

/// <summary>
/// A crew that works: accepts, arrives, starts, suspends, completes, takes back, and fixes what it finds. It remembers what
/// its screen called saved.
/// </summary>
internal sealed class CrewWork(LabVehicle vehicle, OrderDesk desk, Random random)
{
    private const int BetweenPhotos = 6;
    private const int LeastPhoto = 20_000;
    private const int MostPhoto = 150_000;

    private readonly ConcurrentQueue<Press> presses = new();
    private readonly Dictionary<string, string> states = [];
    private readonly Dictionary<string, Press> completions = [];
    private readonly HashSet<string> givenUp = [];
    private int number;
    private int pending;
    private Press? unanswered;

    public IReadOnlyCollection<Press> Presses => presses;

    /// <summary>The next completion gets a photo; some get one anyway.</summary>
    public bool PhotoNext { get; set; }

    /// <summary>What the screen answered last.</summary>
    public Press? Last { get; private set; }

    /// <summary>Orders that the screen has shown at least once.</summary>
    public ConcurrentDictionary<string, bool> Shown { get; } = new();

    /// <summary>True while something that the crew did is not known to be at the hub.</summary>
    public bool HasUnacknowledged =>
        Volatile.Read(ref pending) > 0 || unanswered is not null
        || Last is { Said: Said.Saved, Epoch: { } epoch } last && !vehicle.Watch.HasAcknowledged(epoch, last.Seq);

    /// <summary>Signs on, until the screen says that it is saved.</summary>
    public async Task SignOnAsync()
    {
        for (var i = 0; i < 600; i++)
        {
            if (await vehicle.Screen.StateAsync().ConfigureAwait(false) is { Shift: "on" }) return;
            if ((await vehicle.Screen.ShiftAsync("on", vehicle.Crew).ConfigureAwait(false)).Said == Said.Saved) return;
            await Task.Delay(50).ConfigureAwait(false);
        }

        throw new InvalidDataException($"{vehicle.Id} takes no shift (see {vehicle.Program.Log})");
    }

    /// <summary>Presses one sensible button.</summary>
    public async Task<Press?> WorkAsync()
    {
        if (unanswered is { } again)
        {
            // Nobody knows whether it was saved: a crew presses again, or lets it be.
            unanswered = null;
            if (random.Next(3) > 0) return await PressAsync(again, null).ConfigureAwait(false);
        }

        if (await vehicle.Screen.StateAsync().ConfigureAwait(false) is not { } screen) return null;
        foreach (var id in screen.Orders.Keys) Shown[id] = true;
        if (screen.Shift == "off") await SignOnAsync().ConfigureAwait(false);
        if ((PhotoNext || random.Next(12) == 0) && screen.FixAge < 5) return await PressAsync(New("fixedHere", null), null).ConfigureAwait(false);
        if (completions.Count > 0 && random.Next(10) == 0)
        {
            var (order, done) = completions.First();
            completions.Remove(order);
            return await PressAsync(New("undo", order, done), done.Note).ConfigureAwait(false);
        }

        var open = screen.Orders.Where(o => o.Value is not ("field-complete" or "could-not-complete") && !givenUp.Contains(o.Key)).Select(o => o.Key).Order(StringComparer.Ordinal).ToList();
        if (open.Count < 3) desk.Want(vehicle);
        if (open.Count == 0) return screen.FixAge < 5 ? await PressAsync(New("fixedHere", null), null).ConfigureAwait(false) : null;
        var chosen = open[random.Next(Math.Min(3, open.Count))];
        return await PressAsync(New(Next(chosen, screen.Orders[chosen]), chosen), null).ConfigureAwait(false);
    }

    /// <summary>Presses buttons until told to stop.</summary>
    /// <param name="hurry">True: the next press at once.</param>
    public async Task WorkUntilAsync(Func<bool> enough, TimeSpan longest, bool hurry = false)
    {
        var end = Environment.TickCount64 + (long)longest.TotalMilliseconds;
        while (!enough() && Environment.TickCount64 < end)
        {
            await WorkAsync().ConfigureAwait(false);
            // A crew is not a load test: what is lost is lost among few presses too.
            for (var i = 0; i < (hurry ? 1 : 8) && !enough() && Environment.TickCount64 < end; i++) await Task.Delay(30).ConfigureAwait(false);
        }
    }

    /// <summary>Presses until the screen has called so many saved, or three times as many were tried.</summary>
    /// <returns>How many it has.</returns>
    public async Task<int> SaveAsync(int times)
    {
        var saved = 0;
        for (var i = 0; i < times * 3 && saved < times; i++)
            if (await WorkAsync().ConfigureAwait(false) is { Said: Said.Saved }) saved++;
        return saved;
    }

    /// <summary>Another crew's presses and orders count as this one's from now on.</summary>
    public void Adopt(CrewWork other)
    {
        foreach (var press in other.presses) presses.Enqueue(press);
        foreach (var order in other.Shown.Keys) Shown[order] = true;
    }

    private Task<string?> TakePhotoAsync()
    {
        PhotoNext = false;
        var photo = new byte[random.Next(LeastPhoto, MostPhoto)];
        random.NextBytes(photo);
        ((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]).CopyTo(photo);
        return vehicle.Screen.SavePhotoAsync(photo);
    }

    private string Next(string order, string state) => state switch
    {
        "assigned" => "accept",
        "accepted" => "arrive",
        "suspended" => "start",
        "arrived" => "start",
        _ => random.Next(10) switch { 0 when states.GetValueOrDefault(order) != "suspend" => "suspend", 1 => "cannotComplete", _ => "complete" },
    };

    private Press New(string kind, string? order, Press? takesBack = null) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{vehicle.Name}.{Interlocked.Increment(ref number)}"), kind, order) { TakesBack = takesBack };

    private async Task<Press> PressAsync(Press press, string? undoes)
    {
        if (press.Tries++ == 0)
        {
            if (press.Kind is "complete" or "cannotComplete" or "fixedHere" && (PhotoNext || random.Next(BetweenPhotos) == 0)) press.Photo = await TakePhotoAsync().ConfigureAwait(false);
            presses.Enqueue(press);
        }

        Interlocked.Increment(ref pending);
        var reply = await vehicle.Screen.ActAsync(new
        {
            id = "a-" + press.Note,
            kind = press.Kind,
            order = press.Kind is "undo" or "fixedHere" ? null : press.Order,
            note = press.Note,
            reason = press.Kind == "cannotComplete" ? "no-access" : null,
            service = press.Kind == "fixedHere" ? "pothole" : null,
            undoes = undoes is null ? null : "a-" + undoes,
            attachments = press.Photo is { } photo ? new[] { photo } : null,
        }).ConfigureAwait(false);
        Interlocked.Decrement(ref pending);
        (press.Epoch, press.Seq) = (reply.Epoch, reply.Seq);
        press.Said = reply.Said;
        Last = press;
        // An undo names another press, which a second attempt would have to remember.
        if (reply.Said == Said.Nothing && undoes is null) unanswered = press;
        if (reply.Said == Said.Refused && press.Order is not null && press.Kind != "undo") givenUp.Add(press.Order);
        if (reply.Said != Said.Saved || press.Order is null) return press;
        states[press.Order] = press.Kind;
        if (press.Kind == "complete") completions[press.Order] = press;
        return press;
    }
}
