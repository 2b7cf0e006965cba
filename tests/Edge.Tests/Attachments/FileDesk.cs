using System.Collections.Concurrent;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Edge.Tests.Attachments;

/// <summary>Takes pieces as the hub does, in memory.</summary>
internal sealed class FileDesk
{
    private readonly ConcurrentDictionary<string, MemoryStream> parts = [];

    /// <summary>What it expects; a name that is not here is not expected yet.</summary>
    public ConcurrentDictionary<string, int> Expected { get; } = [];

    public ConcurrentDictionary<string, byte[]> Whole { get; } = [];

    public ConcurrentQueue<FileChunk> Pieces { get; } = [];

    public string? Refusal { get; set; }

    public FileState Take(ReadOnlyMemory<byte> payload)
    {
        var chunk = FileChunk.Decode(payload);
        Pieces.Enqueue(chunk);
        FileState Answer(FileProgress progress, long next) => new() { Sha256 = chunk.Sha256, Next = (int)next, Progress = progress, Reason = Refusal };
        if (Refusal is not null) return Answer(FileProgress.Refused, 0);
        if (!Expected.TryGetValue(chunk.Sha256, out var bytes)) return Answer(FileProgress.NotExpected, 0);
        if (Whole.ContainsKey(chunk.Sha256)) return Answer(FileProgress.Complete, bytes);
        var part = parts.GetOrAdd(chunk.Sha256, _ => new MemoryStream());
        if (chunk.Offset == part.Length) part.Write(chunk.Bytes.Span);
        if (part.Length < bytes) return Answer(FileProgress.Wanted, part.Length);
        Whole[chunk.Sha256] = part.ToArray();
        return Answer(FileProgress.Complete, bytes);
    }
}
