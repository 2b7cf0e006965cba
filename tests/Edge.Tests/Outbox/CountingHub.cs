using ThreeOneOne.Field.Agent.Outbox;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Edge.Tests.Outbox;

/// <summary>What the hub does with records: each (epoch, number) once, another content under the same is a fork.</summary>
internal sealed class CountingHub
{
    private readonly Dictionary<(string Epoch, long Seq), string> stored = [];
    private readonly Dictionary<string, (long N, string Hash)> heads = [];

    /// <summary>How often each action was applied.</summary>
    public Dictionary<string, int> Actions { get; } = [];

    public IEnumerable<(string Epoch, long Seq)> Keys => stored.Keys;

    public int Forks { get; private set; }

    public string HeadOf(string epoch) => heads[epoch].Hash;

    /// <summary>Takes all that is ready and answers.</summary>
    public void Take(DiskOutbox outbox, bool acknowledge = true)
    {
        List<(string Epoch, List<long> Had, List<long> Forked)> answers = [];
        while (outbox.Take(100, 100_000, RecordPriority.Bulk) is { } batch)
        {
            List<long> had = [], forked = [];
            for (var i = 0; i < batch.Seqs.Count; i++) (Keep(batch.Epoch, batch.Seqs[i], batch.Records[i]) ? had : forked).Add(batch.Seqs[i]);
            answers.Add((batch.Epoch, had, forked));
        }

        foreach (var (epoch, had, forked) in answers)
        {
            Forks += forked.Count;
            if (acknowledge) outbox.Acknowledge(epoch, had.Select(s => (s, s)));
            if (forked.Count > 0) outbox.Forked(epoch, forked);
        }
    }

    private bool Keep(string epoch, long seq, ReadOnlyMemory<byte> bytes)
    {
        var hash = WireCodec.ContentHash(bytes.Span);
        if (stored.TryGetValue((epoch, seq), out var known)) return known == hash;
        stored.Add((epoch, seq), hash);
        var record = UpBatchReader.ReadRecord(bytes);
        if (record.Action is { } action) Actions[action.Id] = Actions.GetValueOrDefault(action.Id) + 1;
        if (record.Chain is { } chain && chain.N > heads.GetValueOrDefault(epoch).N) heads[epoch] = (chain.N, hash);
        return true;
    }
}
