using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.CitySystem;

/// <summary>
/// Moves pushes forward: claims what is due, writes down the step, takes it, writes down the answer. Two hubs at once, or one that
/// ends at any point, send nothing twice: the claim is a transaction, and a push whose sender is gone is looked for first.
/// </summary>
public sealed class PushWorker(
    CitySystemOptions options, CityClient client, CityPace pace, Database database, SettlePushes settle, LearnEcho learn, TimeProvider time, ILogger<PushWorker> log)
{
    private const int MostLookUps = 500;
    private static readonly TimeSpan GroupSpan = TimeSpan.FromHours(1);

    private readonly PushPolicy policy = options.Policy;

    /// <summary>Name of this process in leases.</summary>
    public string Owner { get; } = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid().ToString("N")[..6]}";

    /// <summary>Takes one step of everything that is due and that the city's pace allows.</summary>
    /// <returns>How many pushes were moved.</returns>
    public async Task<int> RunDueAsync(CancellationToken cancel)
    {
        var free = Math.Min(pace.Free(), options.Concurrency);
        if (free == 0) return 0;
        var claimed = await database.WriteAsync(scope => Claim(scope, free), WritePriority.Bulk, cancel).ConfigureAwait(false);
        if (claimed.Count == 0) return 0;
        var steps = Steps(claimed, cancel);
        var answers = Channel.CreateUnbounded<IReadOnlyList<(Push, PushAnswer)>>();
        var running = steps.Select(step => AnswerAsync(step, answers.Writer, cancel)).ToList();
        for (var left = running.Count; left > 0;)
        {
            // What has come in is written together; nothing waits for what hasn't.
            var batch = new List<(Push, PushAnswer)>(await answers.Reader.ReadAsync(cancel).ConfigureAwait(false));
            left--;
            while (answers.Reader.TryRead(out var more))
            {
                batch.AddRange(more);
                left--;
            }

            await database.WriteAsync(scope => settle.Apply(scope, batch), WritePriority.Bulk, cancel).ConfigureAwait(false);
        }

        await Task.WhenAll(running).ConfigureAwait(false);
        return claimed.Count;
    }

    /// <summary>When something is due next, as far as is known now.</summary>
    public async Task<DateTimeOffset?> NextDueAsync(CancellationToken cancel) =>
        await database.ReadAsync(CityStore.NextDueMs, cancel).ConfigureAwait(false) is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null;

    private List<(Push Push, PushStep Step)> Claim(WriteScope scope, int free)
    {
        var claimed = new List<(Push, PushStep)>();
        var lookUps = CityStore.Due(scope, lookUps: true, MostLookUps);
        var others = CityStore.Due(scope, lookUps: false, Math.Max(1, free - (lookUps.Count > 0 ? 1 : 0)));
        foreach (var push in lookUps.Concat(others))
        {
            var (next, step) = PushLife.Claim(push, Owner, scope.Now, policy);
            if (!CityStore.Save(scope, next, push.Fence)) continue;
            if (next.State != push.State && push.State == PushState.Sending) CityStore.Log(scope, push.Id, next.Cause!);
            if (step != PushStep.Nothing) claimed.Add((next, step));
        }

        return claimed;
    }

    private List<Func<Task<IReadOnlyList<(Push, PushAnswer)>>>> Steps(List<(Push Push, PushStep Step)> claimed, CancellationToken cancel)
    {
        var steps = new List<Func<Task<IReadOnlyList<(Push, PushAnswer)>>>>();
        foreach (var (push, step) in claimed.Where(c => c.Step != PushStep.LookUp))
        {
            steps.Add(async () => [(push, step == PushStep.Post ? await client.PostAsync(push, await RemoteAsync(push, cancel).ConfigureAwait(false), cancel).ConfigureAwait(false)
                : await client.PollAsync(push, cancel).ConfigureAwait(false))]);
        }

        foreach (var kind in claimed.Where(c => c.Step == PushStep.LookUp).Select(c => c.Push).GroupBy(p => p.Kind))
        {
            foreach (var group in Groups(kind)) steps.Add(() => client.LookUpAsync(group, KnownAsync, cancel));
        }

        return steps;
    }

    // Pushes of about the same time share one list.
    private static IEnumerable<List<Push>> Groups(IEnumerable<Push> pushes)
    {
        var group = new List<Push>();
        foreach (var push in pushes.OrderBy(p => p.FirstSentAt))
        {
            if (group.Count > 0 && push.FirstSentAt - group[0].FirstSentAt > GroupSpan)
            {
                yield return group;
                group = [];
            }

            group.Add(push);
        }

        if (group.Count > 0) yield return group;
    }

    private async Task<string?> RemoteAsync(Push push, CancellationToken cancel) =>
        push.Kind == PushKind.Request ? null : (await database.ReadAsync(c => CityLinkStore.Find(c, null, push.Request), cancel).ConfigureAwait(false))?.Remote;

    private Task<(IReadOnlyDictionary<string, Push> Owners, CityEcho Echo)> KnownAsync(IReadOnlyList<CityRow> rows, CancellationToken cancel) =>
        learn.FromAsync(rows, cancel);

    [SuppressMessage("Design", "CA1031", Justification = "A bug in reading one city's answer must leave the push where it may be looked for, not end the worker.")]
    private async Task AnswerAsync(
        Func<Task<IReadOnlyList<(Push, PushAnswer)>>> step, ChannelWriter<IReadOnlyList<(Push, PushAnswer)>> answers, CancellationToken cancel)
    {
        try
        {
            await answers.WriteAsync(await step().ConfigureAwait(false), cancel).ConfigureAwait(false);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            // Its lease runs out, and then it is treated as one whose sender is gone.
            log.StepFailed(e, time.GetUtcNow() + policy.Lease);
            await answers.WriteAsync([], cancel).ConfigureAwait(false);
        }
    }
}
