using System.IO.MemoryMappedFiles;

namespace ThreeOneOne.Field.FaultLab.Shim;

/// <summary>The page that the lab shares with the shim in a program: see <c>struct control</c> in <c>shim.c</c>.</summary>
internal sealed class ShimControl : IDisposable
{
    public const int OtherClass = 15;

    private const int Classes = 16;
    private const int OpsPerClass = 8;
    private const int CountsAt = 128;
    private const int Bytes = 4096;

    private readonly MemoryMappedFile map;
    private readonly MemoryMappedViewAccessor page;

    public ShimControl(string path)
    {
        File = path;
        map = MemoryMappedFile.CreateFromFile(path, FileMode.Create, null, Bytes);
        page = map.CreateViewAccessor(0, Bytes);
    }

    public string File { get; }

    /// <summary>How often it has struck.</summary>
    public long Fired => page.ReadInt64(56);

    public (ShimOp Op, int Class) Last => ((ShimOp)page.ReadInt64(64), (int)page.ReadInt64(72));

    /// <summary>Moves the program's wall clock.</summary>
    public TimeSpan Clock
    {
        get => TimeSpan.FromTicks(page.ReadInt64(48) / 100);
        set => page.Write(48, value.Ticks * 100);
    }

    /// <summary>Strikes at the n-th operation of these kinds on these classes of files.</summary>
    /// <param name="share">Of a write that is cut short: how much of it still happens, 0 to 1.</param>
    public void Arm(ShimAction action, int nth, double share, IEnumerable<ShimOp> ops, IEnumerable<int> classes)
    {
        page.Write(0, 0L);
        page.Write(8, ops.Aggregate(0L, (bits, op) => bits | 1L << (int)op));
        page.Write(16, classes.Aggregate(0L, (bits, c) => bits | 1L << c));
        page.Write(24, (long)nth);
        page.Write(32, (long)action);
        page.Write(40, (long)(share * 1000));
        Thread.MemoryBarrier();
        page.Write(0, 1L);
    }

    public void Disarm() => page.Write(0, 0L);

    /// <summary>Operations of a kind on a class of files so far.</summary>
    public long Count(ShimOp op, int kind) => page.ReadInt64(CountsAt + (kind * OpsPerClass + (int)op) * 8);

    public long Count(ShimOp op) => Enumerable.Range(0, Classes).Sum(c => Count(op, c));

    public void Dispose()
    {
        page.Dispose();
        map.Dispose();
    }
}
