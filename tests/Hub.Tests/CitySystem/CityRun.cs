using System.Diagnostics.CodeAnalysis;
using ThreeOneOne.Field.Hub.CitySystem;
using ThreeOneOne.Field.Hub.Tests.Sites;

namespace ThreeOneOne.Field.Hub.Tests.CitySystem;

/// <summary>Hubs on one database pass requests on to one hostile city until everything is settled, on a clock that the run moves.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore without a wait handle holds nothing.")]
internal sealed class CityRun
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private readonly int seed;
    private readonly int count;
    private readonly CitySystemOptions options;
    private readonly SteppedTime time = new(Start);
    private readonly TimeProvider? httpTime;
    private readonly Lock gate = new();
    private readonly SemaphoreSlim moment = new(1);
    private readonly List<(CityHub Hub, TaskCompletionSource Go, DateTimeOffset At)> stalled = [];
    private int ends;

    public CityRun(int seed, CityTemper temper, Action<CitySystemOptions>? configure = null, TimeProvider? httpTime = null, int hubs = 2)
    {
        this.seed = seed;
        count = hubs;
        this.httpTime = httpTime;
        City = new HostileCity(seed, temper, time);
        options = new CitySystemOptions
        {
            Url = "http://city.example/open311/v2", Services = new() { ["pothole"] = "PH-1", ["street-light-out"] = "SL:2" }, Concurrency = 64, CallsPerMinute = 60_000,
            VisibilityDelay = TimeSpan.FromMinutes(15), FirstBackOff = TimeSpan.FromSeconds(60), LookUpPatience = TimeSpan.FromDays(2), MostAttempts = 100,
        };
        options.Quirks.ListCap = 100_000;
        options.Quirks.Format = temper.Xml ? CityQuirks.Form.Xml : CityQuirks.Form.Json;
        options.Quirks.EmptyIs404 = temper.EmptyIs404;
        options.Quirks.Paging = temper.Paging;
        options.Quirks.CanLookUp = !temper.NoList;
        configure?.Invoke(options);
    }

    public HostileCity City { get; }

    public CitySystemOptions Options => options;

    public List<Push> Pushes { get; private set; } = [];

    /// <summary>POSTs of ours that the city committed more than once.</summary>
    public int Doubled { get; private set; }

    /// <summary>Pushes that count as delivered and are not at the city, or that ended neither delivered nor with a person.</summary>
    public List<string> Lost { get; } = [];

    /// <summary>Pushes that are at the city, under another id than they count as delivered under.</summary>
    public List<string> Mislinked { get; } = [];

    public int Unknown => Pushes.Count(p => p.State == PushState.OutcomeUnknown);

    public TimeSpan Took { get; private set; }

    public async Task<CityRun> RunAsync(int requests)
    {
        var folder = Directory.CreateTempSubdirectory("field-city-").FullName;
        var random = new Random(seed);
        try
        {
            var hubs = Enumerable.Range(0, count).Select(_ => Open(folder)).ToList();
            await hubs[0].QueueAsync(Enumerable.Range(0, requests).Select(Body));
            var rounds = Enumerable.Repeat(Task.CompletedTask, count).ToArray();
            while (time.GetUtcNow() < Start.AddDays(20))
            {
                for (var i = 0; i < count; i++)
                {
                    if (!rounds[i].IsCompleted) continue;
                    if (hubs[i].Token.IsCancellationRequested)
                    {
                        ends++;
                        await hubs[i].DisposeAsync();
                        hubs[i] = Open(folder);
                    }

                    rounds[i] = RoundAsync(hubs[i]);
                }

                await WaitAsync(hubs, rounds);
                await moment.WaitAsync();
                time.Step(TimeSpan.FromSeconds(random.Next(1, 60)));
                moment.Release();
                LetGo();
                if (rounds.All(r => r.IsCompleted) && !hubs.Exists(h => h.Token.IsCancellationRequested) && await hubs[0].Worker.NextDueAsync(default) is null) break;
            }

            Judge(await hubs[0].PushesAsync());
            foreach (var hub in hubs) await hub.DisposeAsync();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        Took = time.GetUtcNow() - Start;
        return this;
    }

    public override string ToString() =>
        $"seed {seed}: {Pushes.Count} pushes, {City.Posts} POSTs, {Pushes.Count(p => p.State == PushState.Delivered)} delivered, {Unknown} unknown, "
        + $"{Pushes.Count(p => p.State is not (PushState.Delivered or PushState.OutcomeUnknown))} else, doubled {Doubled}, lost {Lost.Count}, mislinked {Mislinked.Count}, {ends} hubs ended, {Took.TotalHours:0.0} h of the city's time; "
        + string.Join(", ", City.Faults.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => $"{f.Value} {f.Key}"));

    private CityHub Open(string folder) => new(folder, options, time, hub => new HostileHandler(City, hub.End, () => StallAsync(hub), moment), httpTime);

    private static async Task RoundAsync(CityHub hub)
    {
        try
        {
            await hub.Worker.RunDueAsync(hub.Token);
        }
        catch (OperationCanceledException) when (hub.Token.IsCancellationRequested)
        {
            // Killed.
        }
    }

    // 60 requests a street, each 100 m from the next: sensors have merged what is nearer.
    private (string, PushBody) Body(int i)
    {
        var at = Sample.Origin.MovedByM(i % 60 * 100, i / 60 * 100).Rounded();
        return ($"SR-26-{i:000000}", new PushBody
        {
            Service = i % 3 == 0 ? "pothole" : "street-light-out", Lat = at.Latitude, Lon = at.Longitude, Address = $"{i} Main Street", Description = $"Found by sensors at {i} Main Street",
        });
    }

    private Task StallAsync(CityHub hub)
    {
        lock (gate)
        {
            var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            stalled.Add((hub, go, time.GetUtcNow() + options.Lease + options.VisibilityDelay + TimeSpan.FromMinutes(10)));
            return go.Task;
        }
    }

    // A hub that stands still holds up neither the others nor the clock; the clock waits for the others.
    private async Task WaitAsync(List<CityHub> hubs, Task[] rounds)
    {
        while (true)
        {
            List<CityHub> still;
            lock (gate) still = [.. stalled.Select(s => s.Hub)];
            var working = rounds.Where((r, i) => !r.IsCompleted && !still.Contains(hubs[i])).ToList();
            if (working.Count == 0) break;
            await Task.WhenAny(Task.WhenAny(working), Task.Delay(20));
        }

        await Task.WhenAll(rounds.Where(r => r.IsCompleted));
    }

    private void LetGo()
    {
        lock (gate)
        {
            foreach (var (_, go, _) in stalled.Where(s => s.At <= time.GetUtcNow())) go.SetResult();
            stalled.RemoveAll(s => s.At <= time.GetUtcNow());
        }
    }

    private void Judge(List<Push> pushes)
    {
        Pushes = pushes;
        var truth = City.Truth.Where(k => k.Sent.StartsWith("Found by sensors", StringComparison.Ordinal))
            .GroupBy(k => k.Sent.Split(" [")[0]).ToDictionary(g => g.Key, g => g.Select(k => k.Id).ToList());
        Doubled = truth.Values.Sum(ids => ids.Count - 1);
        foreach (var push in pushes)
        {
            var there = truth.GetValueOrDefault(push.Body.Description, []);
            var line = $"{push.Request} {push.State} {push.Remote} {push.Cause}";
            if (push.State == PushState.Delivered ? there.Count == 0 : push.State != PushState.OutcomeUnknown) Lost.Add(line);
            else if (push.State == PushState.Delivered && !there.Contains(push.Remote!)) Mislinked.Add(line);
        }
    }
}
