using System.Text.Json;

namespace ThreeOneOne.Field.Bench.Ingest;

/// <summary>Reads single readings back through the API that people use.</summary>
internal static class StoredReadings
{
    /// <returns>How many were looked for, and how many were not there as they were sent.</returns>
    public static async Task<(int Read, int Wrong)> CheckAsync(
        HubUnderTest hub, IReadOnlyList<(MessageBook Book, int Index)> stored, int most, Random random, CancellationToken stop)
    {
        var wrong = 0;
        for (var n = 0; n < most; n++)
        {
            var (book, index) = stored[random.Next(stored.Count)];
            var found = book.KindOf(index) == MessageBook.Kind.Track
                ? await HasFixAsync(hub, book, index, random, stop).ConfigureAwait(false)
                : await HasRecordAsync(hub, book, index, stop).ConfigureAwait(false);
            if (!found) wrong++;
        }

        return (most, wrong);
    }

    private static async Task<bool> HasFixAsync(HubUnderTest hub, MessageBook book, int index, Random random, CancellationToken stop)
    {
        var (time, at) = book.FixOf(index, random.Next(book.FixesEach));
        var track = await hub.GetAsync($"/api/vehicles/{book.Vehicle}/track?from={Text(time.AddMilliseconds(-400))}&to={Text(time.AddMilliseconds(400))}&reason=benchmark", stop).ConfigureAwait(false);
        // Another run may have driven here at the same second.
        return Column(track, "t").Zip(Column(track, "lat"), Column(track, "lon"))
            .Any(f => (long)f.First == time.ToUnixTimeMilliseconds() && Math.Abs(f.Second - at.Latitude) < 1.5e-6 && Math.Abs(f.Third - at.Longitude) < 1.5e-6);
    }

    private static async Task<bool> HasRecordAsync(HubUnderTest hub, MessageBook book, int index, CancellationToken stop)
    {
        await using var stream = await hub.Client.GetStreamAsync(
            new Uri($"/api/ingest/ledger?vehicle={book.Vehicle}&after={book.Epoch}:{index}", UriKind.Relative), stop).ConfigureAwait(false);
        using var reader = new StreamReader(stream);
        if (await reader.ReadLineAsync(stop).ConfigureAwait(false) is not { Length: > 0 } line) return false;
        var row = JsonDocument.Parse(line).RootElement;
        return (row.GetProperty("epoch").GetString(), row.GetProperty("seq").GetInt64(), row.GetProperty("hash").GetString()) == (book.Epoch, index + 1, book.HashOf(index));
    }

    private static IEnumerable<double> Column(JsonElement track, string name) => track.GetProperty(name).EnumerateArray().Select(v => v.GetDouble());

    private static string Text(DateTimeOffset time) => Uri.EscapeDataString(time.ToString("O"));
}
