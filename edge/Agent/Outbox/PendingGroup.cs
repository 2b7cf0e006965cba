using System.Buffers;
using System.Runtime.InteropServices;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Outbox;

/// <summary>Frames that wait for one write and one fsync, and who waits for it.</summary>
internal sealed class PendingGroup(EpochFolder epoch)
{
    private readonly ArrayBufferWriter<byte> frames = new(4096);
    private readonly List<(FrameHeader Header, int Offset)> headers = [];

    private readonly List<(RecordKind By, Origin Origin)> origins = [];

    // Several after groups were put together; who waits for one waits for all of it.
    private List<TaskCompletionSource> told = [NewAnswer()];

    public EpochFolder Epoch => epoch;

    /// <summary>What its records take the place of, and what kind they are.</summary>
    public IReadOnlyList<(RecordKind By, Origin Origin)> Origins => origins;

    /// <summary>Completes when the group is durable; fails when the disk did not take it.</summary>
    public Task Written => told[^1].Task;

    public int Count => headers.Count;

    public int Actions { get; private set; }

    public long FirstSeq => headers[0].Header.Seq;

    /// <summary>As it is when all of these are durable.</summary>
    public Tally? Tally { get; private set; }

    /// <summary>Not encrypted: the file that takes them does that.</summary>
    public ReadOnlySpan<byte> Frames => frames.WrittenSpan;

    public ReadOnlyMemory<byte> Memory => frames.WrittenMemory;

    /// <summary>Most bytes that they take in a file.</summary>
    public int StoredBytes => frames.WrittenCount + (epoch.IsSealed ? headers.Count * FrameSeal.OverheadBytes : 0);

    public IReadOnlyList<(FrameHeader Header, int Offset)> Headers => headers;

    /// <summary>Adds a record.</summary>
    /// <param name="seq">Its number.</param>
    /// <param name="priority">When it leaves.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="marks">What else it is: a link of the chain, a thinned track.</param>
    /// <param name="record">Its JSON.</param>
    /// <param name="origin">What it replaces; null for nothing.</param>
    /// <param name="before">The tally without it.</param>
    /// <returns>The tally with it.</returns>
    public Tally Add(long seq, RecordPriority priority, RecordKind kind, FrameFlags marks, ReadOnlySpan<byte> record, Origin? origin, Tally before)
    {
        var offset = frames.WrittenCount;
        frames.GetSpan(Frame.HeaderBytes);
        frames.Advance(Frame.HeaderBytes);
        var effort = origin?.Draft is null ? FrameBody.Quick : FrameBody.Thorough;
        var flags = FrameBody.Write(frames, record, origin, effort) | marks;
        var header = new FrameHeader(seq, priority, kind, flags, frames.WrittenCount - offset - Frame.HeaderBytes);
        Frame.Seal(MemoryMarshal.AsMemory(frames.WrittenMemory)[offset..].Span, header);
        headers.Add((header, offset));
        if (priority <= RecordPriority.Action) Actions++;
        if (origin is not null) origins.Add((kind, origin));
        Tally = before.After(kind, flags, record, origin);
        return Tally;
    }

    public bool Holds(RecordId id) => Count > 0 && id.Epoch == epoch.Epoch && id.Seq >= FirstSeq && id.Seq < FirstSeq + Count;

    /// <summary>The JSON of a record.</summary>
    public ReadOnlySpan<byte> Record(int i) =>
        FrameBody.Record(headers[i].Header.Flags, frames.WrittenMemory.Slice(headers[i].Offset + Frame.HeaderBytes, headers[i].Header.Length))!.Value.Span;

    /// <summary>Puts the frames of a later group behind these, which could not be written yet.</summary>
    public void Append(PendingGroup later)
    {
        var start = frames.WrittenCount;
        frames.Write(later.Frames);
        foreach (var (header, offset) in later.headers) headers.Add((header, start + offset));
        origins.AddRange(later.origins);
        Actions += later.Actions;
        Tally = later.Tally ?? Tally;
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
