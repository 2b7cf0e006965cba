using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Azure;

/// <summary>
/// The vehicle's twin: what is desired is read whole at every connect and whenever it changed, so that no change is merged here; what the
/// vehicle holds is reported when it changed. One question at a time; one that is refused for now is asked again, ever later.
/// </summary>
/// <param name="publisher">The session.</param>
/// <param name="take">Takes a desired message: its lane's name, and the message, encoded.</param>
/// <param name="jitter">Spreads what is asked again.</param>
/// <param name="time">Waits.</param>
/// <param name="log">Told of what cannot be read.</param>
internal sealed class AzureTwin(IPublisher publisher, Action<string, ReadOnlyMemory<byte>> take, Random jitter, TimeProvider time, ILogger log) : IDisposable
{
    private const string Section = "field";

    // What waits for the vehicle in its twin; everything else is only for one that is connected.
    private static readonly string[] Lanes = ["profile", "device-profile"];

    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);

    private readonly SemaphoreSlim news = new(0, 1);
    private readonly ConcurrentDictionary<string, TaskCompletionSource<(int Status, ReadOnlyMemory<byte> Body)>> asked = new(StringComparer.Ordinal);
    private volatile bool desiredIsOld;
    private volatile byte[]? toReport;
    private byte[]? reported;
    private int lastRid;

    /// <summary>A new session, or a change: what is desired is read again.</summary>
    public void Look()
    {
        desiredIsOld = true;
        Wake();
    }

    /// <summary>What the vehicle holds; the newest counts.</summary>
    public void Report(VehicleStatus status)
    {
        toReport = Text(status);
        Wake();
    }

    /// <summary>IoT Hub answered on its topic.</summary>
    public void Answered(string status, string? rid, ReadOnlyMemory<byte> body)
    {
        if (rid is not null && asked.TryRemove(rid, out var waiting) && int.TryParse(status, NumberStyles.None, CultureInfo.InvariantCulture, out var code))
            waiting.TrySetResult((code, body));
    }

    public async Task RunAsync(CancellationToken stop)
    {
        var wait = FirstWait;
        while (!stop.IsCancellationRequested)
        {
            await news.WaitAsync(stop).ConfigureAwait(false);
            // The next connection looks again.
            if (!publisher.IsConnected) continue;
            if (await ReadAsync(stop).ConfigureAwait(false) && await ReportAsync(stop).ConfigureAwait(false))
            {
                wait = FirstWait;
                continue;
            }

            await Task.Delay(wait * (0.8 + (0.4 * jitter.NextDouble())), time, stop).ConfigureAwait(false);
            wait = wait * 2 < LongestWait ? wait * 2 : LongestWait;
            Wake();
        }
    }

    public void Dispose() => news.Dispose();

    private static byte[] Text(VehicleStatus status)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            json.WriteStartObject(Section);
            json.WriteNumber("wire", status.Version);
            json.WriteString("agent", status.AgentVersion);
            json.WriteString("epoch", status.Epoch);
            Held(json, "profile", status.ProfileVersion, status.ProfileEra);
            Held(json, "orders", status.OrdersVersion, status.OrdersEra);
            Held(json, "hazards", status.HazardsVersion ?? 0, status.HazardsEra);
            if (status.DeviceProfile is { } device)
            {
                json.WriteStartObject("device-profile");
                json.WriteNumber("version", device.Version);
                json.WriteNumber("judged", device.Judged);
                json.WriteString("outcome", device.Outcome?.ToString());
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return text.ToArray();
    }

    private static void Held(Utf8JsonWriter json, string name, long version, string? era)
    {
        json.WriteStartObject(name);
        json.WriteNumber("version", version);
        json.WriteString("era", era);
        json.WriteEndObject();
    }

    private async ValueTask<bool> ReadAsync(CancellationToken stop)
    {
        if (!desiredIsOld) return true;
        desiredIsOld = false;
        var (status, body) = await ExchangeAsync(AzureTopics.TwinGet, default, stop).ConfigureAwait(false);
        if (status != 200)
        {
            desiredIsOld = true;
            log.TwinNotRead(status);
            return false;
        }

        Take(body);
        return true;
    }

    private void Take(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var twin = JsonDocument.Parse(body);
            if (twin.RootElement.ValueKind != JsonValueKind.Object || !twin.RootElement.TryGetProperty("desired", out var desired) || desired.ValueKind != JsonValueKind.Object
                || !desired.TryGetProperty(Section, out var ours) || ours.ValueKind != JsonValueKind.Object) return;
            foreach (var lane in Lanes.Where(l => ours.TryGetProperty(l, out _))) TakeOne(lane, ours.GetProperty(lane));
        }
        catch (JsonException e)
        {
            log.TwinUnreadable(e.Message);
        }
    }

    private void TakeOne(string lane, JsonElement parcel)
    {
        try
        {
            if (TwinParcel.Read(parcel) is { } message) take(lane, message);
            else log.ComesByMethod(lane);
        }
        catch (WireFormatException e)
        {
            log.TwinUnreadable(e.Message);
        }
    }

    private async ValueTask<bool> ReportAsync(CancellationToken stop)
    {
        if (toReport is not { } report || (reported is not null && report.AsSpan().SequenceEqual(reported))) return true;
        var (status, _) = await ExchangeAsync(AzureTopics.TwinReport, report, stop).ConfigureAwait(false);
        if (status is 204 or 200 or 400)
        {
            // What is refused as such is not sent again as it is.
            if (status == 400) log.ReportRefused();
            reported = report;
            return true;
        }

        log.TwinNotReported(status);
        return false;
    }

    private async ValueTask<(int Status, ReadOnlyMemory<byte> Body)> ExchangeAsync(Func<string, string> topic, ReadOnlyMemory<byte> body, CancellationToken stop)
    {
        var rid = (++lastRid).ToString(CultureInfo.InvariantCulture);
        var answer = new TaskCompletionSource<(int, ReadOnlyMemory<byte>)>(TaskCreationOptions.RunContinuationsAsynchronously);
        asked[rid] = answer;
        try
        {
            if (await publisher.PublishAsync(topic(rid), body, Qos.AtMostOnce, retain: false, stop).ConfigureAwait(false) != DeliveryResult.Accepted) return (0, default);
            return await answer.Task.WaitAsync(LongestAnswer, time, stop).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return (0, default);
        }
        finally
        {
            asked.TryRemove(rid, out _);
        }
    }

    private void Wake()
    {
        try
        {
            if (news.CurrentCount == 0) news.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody else woke it at the same time.
        }
        catch (ObjectDisposedException)
        {
            // The session has ended.
        }
    }
}
