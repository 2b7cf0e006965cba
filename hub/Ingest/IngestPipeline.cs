using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Link;

namespace ThreeOneOne.Field.Hub.Ingest;

/// <summary>
/// The steps of ingest in their order: decode, check; then in one transaction de-duplicate, store, project, keep aside; then
/// answer. When <see cref="IngestAsync"/> returns, everything in the batch is durable and may be acknowledged.
/// </summary>
public sealed class IngestPipeline(
    DecodeStep decode, CheckStep check, DeduplicateStep deduplicate, StoreStep store, ProjectStep project,
    AsideStore asides, AnswerStep answer, Database database, TimeProvider time, ILogger<IngestPipeline> log)
{
    /// <returns>The records with what became of them, and what to answer.</returns>
    public async Task<IngestBatch> IngestAsync(IReadOnlyList<LinkMessage> messages, CancellationToken cancel)
    {
        using var trace = HubSignals.Traces.StartActivity("ingest batch");
        var began = time.GetTimestamp();
        var batch = new IngestBatch(messages, time.GetUtcNow());
        decode.Run(batch);
        check.Run(batch);
        await CommitAsync(batch.Records, batch.Unreadable, cancel).ConfigureAwait(false);
        await answer.RunAsync(batch, cancel).ConfigureAwait(false);
        Count(batch, time.GetElapsedTime(began));
        return batch;
    }

    private static void Count(IngestBatch batch, TimeSpan took)
    {
        if (batch.Records.Count + batch.Unreadable.Count == 0) return;
        var duplicates = batch.Records.Count(r => r.Duplicate);
        var aside = batch.Records.Count(r => r is { Reason: not null, Duplicate: false });
        HubSignals.IngestDuration.Record(took.TotalSeconds);
        HubSignals.Records.Add(batch.Records.Count - duplicates - aside, new KeyValuePair<string, object?>("outcome", "stored"));
        if (duplicates > 0) HubSignals.Records.Add(duplicates, new KeyValuePair<string, object?>("outcome", "duplicate"));
        if (aside + batch.Unreadable.Count > 0) HubSignals.Records.Add(aside + batch.Unreadable.Count, new KeyValuePair<string, object?>("outcome", "aside"));
    }

    private async Task CommitAsync(List<Incoming> records, IReadOnlyList<Aside> unreadable, CancellationToken cancel)
    {
        if (records.Count == 0 && unreadable.Count == 0) return;
        try
        {
            await database.WriteAsync(scope => Apply(scope, records, unreadable), WritePriority.Interactive, cancel).ConfigureAwait(false);
        }
        catch (ProjectionException e) when (records.Count == 1)
        {
            log.ProjectionFailed(e, records[0].Vehicle.Id, records[0].Epoch, records[0].Seq);
            records[0].KeepAside(AsideReason.ProjectionFailed, e.Message);
            await CommitAsync(records, unreadable, cancel).ConfigureAwait(false);
        }
        catch (ProjectionException)
        {
            // Halving finds the poison in a few transactions and costs its neighbours nothing.
            await CommitAsync(records[..(records.Count / 2)], unreadable, cancel).ConfigureAwait(false);
            await CommitAsync(records[(records.Count / 2)..], [], cancel).ConfigureAwait(false);
        }
    }

    private void Apply(WriteScope scope, List<Incoming> records, IReadOnlyList<Aside> unreadable)
    {
        // A transaction that was given up marked records; a fork found then is found again.
        foreach (var incoming in records) incoming.Duplicate = false;
        deduplicate.Run(scope, records);
        store.Run(scope, records);
        project.Run(scope, records);
        asides.Keep(scope, unreadable.Concat(records.Where(r => r is { Reason: not null, Duplicate: false }).Select(r => r.ToAside())));
    }
}
