using System.Data.Common;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Ingest;

/// <summary>
/// Answers what vehicles ask about their records, after the commit, so that everything which came before the question
/// counts. The answer names contents, not only numbers: a restored backup counts them again.
/// </summary>
public sealed class AnswerStep(Ledger ledger, Database database)
{
    // A longer stretch is answered in part; the rest is asked for again.
    private const int MostRecords = 20_000;

    public async Task RunAsync(IngestBatch batch, CancellationToken cancel)
    {
        foreach (var question in batch.Questions)
        {
            var ack = await database.ReadAsync(c => Answer(c, question), cancel).ConfigureAwait(false);
            batch.Answers.Add(new Answer(new Topic(question.Vehicle.Jurisdiction, question.Vehicle.Id, Lane.Ack), ack));
        }
    }

    private Ack Answer(DbConnection connection, Question question)
    {
        var source = SourceId.Of(question.Vehicle.Id, question.Epoch);
        var left = (long)MostRecords;
        var asked = new List<long[]>();
        var ranges = new List<long[]>();
        var digests = new List<string?>();
        foreach (var (first, last) in question.Ask)
        {
            if (left == 0) break;
            var end = last - first < left ? last : first + left - 1;
            left -= end - first + 1;
            asked.Add([first, end]);
            foreach (var (from, to) in RangeStore.Between(connection, source, first, end))
            {
                ranges.Add([from, to]);
                digests.Add(Digest(ledger.Between(connection, source, from, to), to - from + 1));
            }
        }

        return new Ack { Epoch = question.Epoch, Ranges = [.. ranges], Digests = [.. digests], Asked = [.. asked] };
    }

    private static string? Digest(IReadOnlyList<LedgerRow> rows, long expected) => rows.Count == expected ? RangeDigest.Of([.. rows.Select(r => r.Hash)]) : null;
}
