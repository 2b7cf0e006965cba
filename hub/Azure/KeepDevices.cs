using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ThreeOneOne.Field.Hub.Enrolment;

namespace ThreeOneOne.Field.Hub.Azure;

/// <summary>
/// Tells IoT Hub what this hub revoked: the device of a barred vehicle is disabled there, and one that was enrolled again is enabled and
/// known by its good certificates alone. What is wanted is read from the books each time and asked of IoT Hub again after a start and every
/// hour, so nothing is forgotten; what fails is tried again until it is done.
/// https://learn.microsoft.com/rest/api/iothub/service/devices/create-or-update-identity
/// </summary>
internal sealed class KeepDevices(AzureOptions options, EnrolmentOptions enrolment, VehicleStandings standings, ServiceApi service, TimeProvider time, ILogger<KeepDevices> log)
    : BackgroundService
{
    private const int LongestReason = 200;
    private static readonly TimeSpan Recheck = TimeSpan.FromHours(1);
    private static readonly TimeSpan BetweenAlarms = TimeSpan.FromHours(1);
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, (string Wanted, DateTimeOffset At)> done = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Attempt> failing = new(StringComparer.Ordinal);

    /// <summary>What could not be brought about yet.</summary>
    public IReadOnlyList<WaitingDevice> Waiting => [.. failing.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => new WaitingDevice(f.Key, f.Value.Wanted, f.Value.Since, f.Value.Reason))];

    [SuppressMessage("Design", "CA1031", Justification = "Whatever keeps the books from being read, they are read again, and it is said.")]
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(enrolment.WatchSeconds), time);
        do
        {
            try
            {
                await LookAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.StandingsUnreadable(e.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }

    private async Task LookAsync(CancellationToken cancel)
    {
        foreach (var (vehicle, (isBarred, good)) in (await standings.EverRevokedAsync(cancel).ConfigureAwait(false)).Where(s => options.Takes(s.Key)))
        {
            var wanted = $"{isBarred} {string.Join(' ', good)}";
            var now = time.GetUtcNow();
            if (done.TryGetValue(vehicle, out var before) && before.Wanted == wanted && now - before.At < Recheck) continue;
            var what = isBarred ? "disabled" : "enabled";
            var tried = failing.GetValueOrDefault(vehicle);
            // What is wanted otherwise by now is tried at once.
            if (tried is not null && tried.Wanted == what && now < tried.Next) continue;
            if (await TellAsync(vehicle, isBarred, good, cancel).ConfigureAwait(false) is { } reason)
            {
                done.Remove(vehicle);
                Note(vehicle, what, reason, tried, now);
                continue;
            }

            failing.TryRemove(vehicle, out _);
            done[vehicle] = (wanted, now);
        }
    }

    private void Note(string vehicle, string what, string reason, Attempt? tried, DateTimeOffset now)
    {
        var isNew = tried is null || tried.Wanted != what;
        var wait = isNew ? FirstWait : tried!.Wait * 2 < LongestWait ? tried.Wait * 2 : LongestWait;
        var isDue = isNew || now - tried!.SaidAt >= BetweenAlarms;
        if (isDue) log.DeviceNotTold(vehicle, what, reason);
        failing[vehicle] = new Attempt(what, isNew ? now : tried!.Since, reason, now + wait, wait, isDue ? now : tried!.SaidAt);
    }

    /// <returns>Why it could not be done; null when it is.</returns>
    private async Task<string?> TellAsync(string vehicle, bool isBarred, IReadOnlyList<string> good, CancellationToken cancel)
    {
        var path = $"devices/{vehicle}";
        var found = await service.CallAsync(HttpMethod.Get, path, default, cancel).ConfigureAwait(false);
        // Nobody comes in as a device that is not there.
        if (found.Status == HttpStatusCode.NotFound) return null;
        if (found.Status != HttpStatusCode.OK) return Fault(found);
        try
        {
            if (JsonNode.Parse(found.Body) is not JsonObject device || device["etag"]?.GetValue<string>() is not { Length: > 0 } etag) return "its answer is no identity of a device";
            if (!DeviceIdentity.Change(device, isBarred, good)) return null;
            var put = await service.CallAsync(HttpMethod.Put, path, Encoding.UTF8.GetBytes(device.ToJsonString()), cancel, etag).ConfigureAwait(false);
            if (put.Status != HttpStatusCode.OK) return Fault(put);
            log.DeviceTold(vehicle, isBarred ? "disabled" : "enabled, with its good certificates or a new key");
            return null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return "its answer is no identity of a device";
        }
    }

    private static string Fault(ServiceAnswer answer) => answer.Status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => $"{(int)answer.Status}: the policy needs RegistryRead and RegistryWrite for this; until then: az iot hub device-identity update --set status=disabled",
        HttpStatusCode.PreconditionFailed => "412: somebody else changed it at the same time",
        null => answer.Body,
        // An error's text; what a call gave otherwise may hold keys.
        { } status => $"{(int)status}: {(answer.Body.Length <= LongestReason ? answer.Body : answer.Body[..LongestReason])}",
    };

    private sealed record Attempt(string Wanted, DateTimeOffset Since, string Reason, DateTimeOffset Next, TimeSpan Wait, DateTimeOffset SaidAt);
}
