using System.Buffers;

namespace ThreeOneOne.Field.Agent.Outbox;

/// <summary>Frames that wait for one write and one fsync, and who waits for it.</summary>
internal sealed class PendingGroup
{
    private readonly ArrayBufferWriter<byte> frames = new(4096);
    private readonly List<(FrameHeader Header, int Offset)> headers = [];

    // Several after groups were put together; who waits for one waits for all of it.
    private List<TaskCompletionSource> told = [NewAnswer()];

    /// <summary>Completes when the group is durable; fails when the disk did not take it.</summary>
    public Task Written => told[^1].Task;

    public int Count => headers.Count;

    public int Actions { get; private set; }

    public long FirstSeq => headers[0].Header.Seq;

    public ReadOnlySpan<byte> Frames => frames.WrittenSpan;

    public IReadOnlyList<(FrameHeader Header, int Offset)> Headers => headers;

    public void Add(FrameHeader header, ReadOnlySpan<byte> record)
    {
        headers.Add((header, frames.WrittenCount));
        var length = Frame.HeaderBytes + record.Length;
        Frame.Write(frames.GetSpan(length), header.Seq, header.Priority, header.Kind, record);
        frames.Advance(length);
        if (header.Priority <= RecordPriority.Action) Actions++;
    }

    public ReadOnlySpan<byte> Record(int i) =>
        Frames.Slice(headers[i].Offset + Frame.HeaderBytes, headers[i].Header.Length);

    /// <summary>Puts the frames of a later group behind these, which could not be written yet.</summary>
    public void Append(PendingGroup later)
    {
        for (var i = 0; i < later.Count; i++) Add(later.headers[i].Header, later.Record(i));
        told.AddRange(later.told);
    }

    /// <summary>Tells those who wait that it is durable.</summary>
    public void Complete()
    {
        foreach (var answer in told) answer.TrySetResult();
    }

    /// <summary>Tells those who wait that it failed; the frames stay for another attempt.</summary>
    public void Fail(Exception cause)
    {
        foreach (var answer in told)
        {
            answer.TrySetException(cause);
            // Nobody may have waited.
            _ = answer.Task.Exception;
        }

        told = [NewAnswer()];
    }

    private static TaskCompletionSource NewAnswer() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
