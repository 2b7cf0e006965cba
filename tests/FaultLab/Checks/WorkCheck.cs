using System.Security.Cryptography;
using System.Text.Json;
using ThreeOneOne.Field.FaultLab.Programs;
using ThreeOneOne.Field.FaultLab.Work;
using ThreeOneOne.Field.Fleet.Demo;

namespace ThreeOneOne.Field.FaultLab.Checks;

/// <summary>Compares what the crews' screens called saved with what city hall shows, by the hub's API alone.</summary>
internal sealed class WorkCheck(HubApi api, OrderDesk desk)
{
    /// <summary>Finds the presses in the histories of the orders that they touched, and marks them.</summary>
    /// <returns>Saved presses that no history shows.</returns>
    public async Task<IReadOnlyList<Press>> MissingAsync(CrewWork crew, CancellationToken stop)
    {
        List<Press> missing = [];
        foreach (var order in crew.Presses.Where(p => p is { Said: Said.Saved, Found: false, Order: not null }).GroupBy(p => p.Order!).ToList())
        {
            var notes = await NotesAsync(order.Key, stop).ConfigureAwait(false);
            foreach (var press in order)
            {
                press.Found = notes.Contains(press.Note);
                if (!press.Found) missing.Add(press);
            }
        }

        var found = crew.Presses.Where(p => p is { Said: Said.Saved, Found: false, Order: null }).ToList();
        if (found.Count > 0)
        {
            var all = (await AllAsync(stop).ConfigureAwait(false)).Keys.ToHashSet();
            foreach (var press in found)
            {
                press.Found = all.Contains(press.Note);
                if (!press.Found) missing.Add(press);
            }
        }

        return missing;
    }

    /// <summary>Photos of saved presses that the hub does not have, or not byte for byte.</summary>
    public async Task<IReadOnlyList<Press>> PhotosMissingAsync(CrewWork crew, CancellationToken stop)
    {
        List<Press> missing = [];
        foreach (var press in crew.Presses.Where(p => p is { Said: Said.Saved, Photo: not null, PhotoFound: false, Destroyed: false }).ToList())
        {
            var bytes = await api.AttachmentAsync(press.Photo!, stop).ConfigureAwait(false);
            press.PhotoFound = bytes is not null && Convert.ToHexStringLower(SHA256.HashData(bytes)) == press.Photo;
            if (!press.PhotoFound) missing.Add(press);
        }

        return missing;
    }

    /// <summary>Waits until the hub has all photos.</summary>
    /// <returns>Those that it does not have then.</returns>
    public async Task<IReadOnlyList<Press>> PhotosAsync(CrewWork crew, TimeSpan within, CancellationToken stop)
    {
        var end = Environment.TickCount64 + (long)within.TotalMilliseconds;
        while (true)
        {
            IReadOnlyList<Press> missing = [];
            try
            {
                missing = await PhotosMissingAsync(crew, stop).ConfigureAwait(false);
                if (missing.Count == 0 || Environment.TickCount64 > end) return missing;
            }
            catch (HttpRequestException) when (Environment.TickCount64 < end)
            {
                // The hub is being killed just now.
            }

            await Task.Delay(250, stop).ConfigureAwait(false);
        }
    }

    /// <summary>How often each note stands in all histories together, and in the descriptions of requests.</summary>
    public async Task<IReadOnlyDictionary<string, int>> AllAsync(CancellationToken stop)
    {
        var counts = new Dictionary<string, int>();
        foreach (var order in await OrdersAsync(null, stop).ConfigureAwait(false))
        {
            foreach (var note in await NotesAsync(order.GetProperty("id").GetString()!, stop).ConfigureAwait(false))
                counts[note] = counts.GetValueOrDefault(note) + 1;
        }

        return counts;
    }

    /// <summary>Requests beyond the first that one press or one opening by hand made, or that sensors opened for one lamp.</summary>
    public async Task<IReadOnlyList<string>> DuplicateRequestsAsync(CancellationToken stop)
    {
        List<string> keys = [];
        foreach (var request in await api.RequestsAsync(stop).ConfigureAwait(false))
        {
            var number = request.GetProperty("number").GetString()!;
            if (HubApi.Text(request, "source") == "sensor")
            {
                if (HubApi.Text(request, "status") == "open" && HubApi.Text(request, "pole") is { } pole) keys.Add("lamp " + pole);
                continue;
            }

            // Its description is the press's note.
            var detail = await api.GetAsync("api/requests/" + Uri.EscapeDataString(number), stop).ConfigureAwait(false);
            if (Description(detail) is { Length: > 0 } text) keys.Add(text);
        }

        return [.. keys.GroupBy(k => k).Where(g => g.Count() > 1).SelectMany(g => g.Skip(1))];
    }

    /// <summary>Orders of a crew that the hub made and that neither reached its screen nor are there now.</summary>
    public async Task<IReadOnlyList<string>> OrdersLostAsync(LabVehicle vehicle, CrewWork crew, CancellationToken stop)
    {
        if (await vehicle.Screen.StateAsync().ConfigureAwait(false) is not { } screen) return [.. desk.Orders.Keys];
        List<string> lost = [.. desk.Orders.Where(o => o.Value.Crew == vehicle.Crew && !crew.Shown.ContainsKey(o.Key) && !screen.Orders.ContainsKey(o.Key)).Select(o => o.Key)];
        string[] open = ["assigned", "accepted", "arrived", "started", "suspended"];
        foreach (var order in await OrdersAsync(vehicle.Crew, stop).ConfigureAwait(false))
        {
            var id = order.GetProperty("id").GetString()!;
            if (open.Contains(HubApi.Text(order, "state")) && !screen.Orders.ContainsKey(id) && !lost.Contains(id)) lost.Add(id);
        }

        return lost;
    }

    private async Task<List<JsonElement>> OrdersAsync(string? crew, CancellationToken stop)
    {
        List<JsonElement> orders = [];
        string? cursor = null;
        do
        {
            var query = "api/work-orders?limit=500" + (crew is null ? "" : "&crew=" + crew) + (cursor is null ? "" : "&cursor=" + Uri.EscapeDataString(cursor));
            var page = await api.GetAsync(query, stop).ConfigureAwait(false);
            orders.AddRange(page.GetProperty("items").EnumerateArray());
            cursor = HubApi.Text(page, "next");
        }
        while (cursor is not null);
        return orders;
    }

    private async Task<List<string>> NotesAsync(string order, CancellationToken stop)
    {
        try
        {
            var detail = await api.GetAsync("api/work-orders/" + Uri.EscapeDataString(order), stop).ConfigureAwait(false);
            return [.. detail.GetProperty("history").EnumerateArray().Select(h => HubApi.Text(h, "note")).OfType<string>()];
        }
        catch (InvalidDataException)
        {
            // The hub does not know the order: then it shows nothing of it.
            return [];
        }
    }

    private static string? Description(JsonElement detail) =>
        HubApi.Text(detail, "description") ?? (detail.TryGetProperty("request", out var inner) ? HubApi.Text(inner, "description") : null);
}
