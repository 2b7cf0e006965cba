using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace ThreeOneOne.Field.Bench.Live;

/// <summary>One browser's EventSource.</summary>
/// <param name="isCareful">Reads the positions, too; the others only take them.</param>
internal sealed class Browser(bool isCareful)
{
    private const int IntsOfPosition = 8;
    private const int Age = 6;

    private readonly TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HashSet<int> inTick = [];
    private byte[] buffer = new byte[256 * 1024];
    private int filled;
    private long last = -1;
    private long lastAt;

    public Task Begun => begun.Task;

    public volatile bool IsTiming;

    public List<double> TickMs { get; } = [];

    public List<double> SensorMs { get; } = [];

    public long Lost { get; private set; }

    public long Doubled { get; private set; }

    public double MostBetweenMs { get; private set; }

    public async Task FollowAsync(HttpClient client, CancellationToken stop)
    {
        try
        {
            using var response = await client.GetAsync(new Uri("/api/live", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, stop).ConfigureAwait(false);
            response.EnsureSuccessStatusCode();
            await using var stream = await response.Content.ReadAsStreamAsync(stop).ConfigureAwait(false);
            var searched = 0;
            while (true)
            {
                if (filled == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
                var n = await stream.ReadAsync(buffer.AsMemory(filled), stop).ConfigureAwait(false);
                if (n == 0) return;
                filled += n;
                var start = 0;
                while (buffer.AsSpan(Math.Max(start, searched), filled - Math.Max(start, searched)).IndexOf("\n\n"u8) is var end && end >= 0)
                {
                    end += Math.Max(start, searched);
                    Take(buffer.AsSpan(start, end - start));
                    start = searched = end + 2;
                }

                buffer.AsSpan(start, filled - start).CopyTo(buffer);
                filled -= start;
                // The last byte may be the first half of an end.
                searched = Math.Max(0, filled - 1);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Measured enough.
        }
        catch (Exception e)
        {
            begun.TrySetException(e);
            throw;
        }
    }

    private void Take(ReadOnlySpan<byte> text)
    {
        var (now, received) = ((TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalMilliseconds, Stopwatch.GetTimestamp());
        if (!text.StartsWith("id: "u8)) return;
        var line = text[..text.IndexOf((byte)'\n')];
        var number = Number(line[(line.LastIndexOf((byte)':') + 1)..]);
        var isTick = text[(line.Length + 1)..].StartsWith("event: tick"u8);
        if (last >= 0 && number != last + 1) Lost += Math.Max(1, number - last - 1);
        last = number;
        begun.TrySetResult();
        if (!isTick || !IsTiming)
        {
            lastAt = received;
            return;
        }

        MostBetweenMs = Math.Max(MostBetweenMs, Stopwatch.GetElapsedTime(lastAt, received).TotalMilliseconds);
        lastAt = received;
        var at = Number(text[(text.IndexOf("\"at\":"u8) + 5)..]);
        TickMs.Add(now - at);
        if (isCareful) TakePositions(text[(text.IndexOf("data: "u8) + 6)..], now - at);
    }

    private void TakePositions(ReadOnlySpan<byte> json, double sinceTickMs)
    {
        using var data = JsonDocument.Parse(json.ToArray());
        if (!data.RootElement.TryGetProperty("p", out var p)) return;
        inTick.Clear();
        var i = 0;
        foreach (var value in p.EnumerateArray())
        {
            if (i % IntsOfPosition == 0 && !inTick.Add(value.GetInt32())) Doubled++;
            if (i % IntsOfPosition == Age) SensorMs.Add(sinceTickMs + value.GetInt64());
            i++;
        }
    }

    private static long Number(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return long.Parse(end < 0 ? text : text[..end], NumberStyles.None, CultureInfo.InvariantCulture);
    }
}
