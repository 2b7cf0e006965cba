using System.Text;

namespace ThreeOneOne.Field.Agent.Care;

/// <summary>The newest lines of the program's log, in a memory of fixed size.</summary>
public sealed class LogRing
{
    private const int Bytes = 256 * 1024;

    private readonly Lock one = new();
    private readonly byte[] ring = new byte[Bytes];
    private int at;
    private bool full;

    /// <summary>Lines that were added since the start.</summary>
    public long Added { get; private set; }

    public void Add(string line)
    {
        var bytes = Encoding.UTF8.GetBytes(line);
        lock (one)
        {
            Added++;
            Put(bytes.AsSpan(0, Math.Min(bytes.Length, Bytes / 4)));
            Put("\n"u8);
        }
    }

    /// <summary>The lines that are whole, oldest first.</summary>
    public IReadOnlyList<string> Lines()
    {
        byte[] all;
        lock (one) all = full ? [.. ring[at..], .. ring[..at]] : ring[..at];
        // The oldest one is cut where the newest begins.
        var start = full ? Math.Max(0, all.AsSpan().IndexOf((byte)'\n') + 1) : 0;
        return Encoding.UTF8.GetString(all, start, all.Length - start).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private void Put(ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes)
        {
            ring[at++] = b;
            if (at < Bytes) continue;
            at = 0;
            full = true;
        }
    }
}
