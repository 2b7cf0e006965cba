using System.Text.Json;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Outbox;

/// <summary>
/// What must be known of records that are long gone: each file begins with it, and the last file is never removed.
/// </summary>
/// <param name="Links">Links of the epoch's hash chain.</param>
/// <param name="Head">Content hash of the newest link; empty for none.</param>
/// <param name="Actions">Crew actions appended in all epochs; those moved to a new epoch count once.</param>
/// <param name="Draft">Number of the newest draft block that became a record, in all epochs.</param>
/// <param name="Before">The epoch before this one; empty for the first.</param>
internal sealed record Tally(long Links, string Head, long Actions, long Draft, string Before)
{
    /// <summary>More than its JSON ever takes.</summary>
    public const int MaxBytes = 512;

    public static readonly Tally Zero = new(0, "", 0, 0, "");

    /// <summary>The first of a new epoch that follows the one of this name.</summary>
    public Tally NextEpoch(string before) => Zero with { Actions = Actions, Draft = Draft, Before = before };

    /// <summary>With one more record.</summary>
    public Tally After(RecordKind kind, FrameFlags flags, ReadOnlySpan<byte> record, Origin? origin)
    {
        var next = this;
        if (flags.HasFlag(FrameFlags.Chained)) next = next with { Links = Links + 1, Head = WireCodec.ContentHash(record) };
        if (kind == RecordKind.Action && origin is null) next = next with { Actions = Actions + 1 };
        return origin?.Draft is { } draft ? next with { Draft = Math.Max(Draft, draft) } : next;
    }

    /// <summary>As the first frame of a file.</summary>
    /// <param name="seal">Encrypts it; null leaves it as it is.</param>
    public byte[] ToFrame(FrameSeal? seal)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(this, OutboxJson.Default.Tally);
        var header = new FrameHeader(0, 0, RecordKind.Unknown, FrameFlags.Head, json.Length);
        if (seal is not null) return seal.Close(header, json, 0, out _);
        var frame = new byte[Frame.HeaderBytes + json.Length];
        json.CopyTo(frame, Frame.HeaderBytes);
        Frame.Seal(frame, header);
        return frame;
    }

    public static Tally? Read(ReadOnlySpan<byte> body) => JsonSerializer.Deserialize(body, OutboxJson.Default.Tally);
}
