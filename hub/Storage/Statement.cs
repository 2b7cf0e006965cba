using System.Data.Common;

namespace ThreeOneOne.Field.Hub.Storage;

/// <summary>
/// A statement that stays prepared as long as its connection, for the few paths where a thousand rows a transaction pass:
/// values are bound without boxes and rows read without a mapper. Part of whatever transaction its connection has open.
/// </summary>
public abstract class Statement : IDisposable
{
    /// <summary>Binds the parameter <c>?N</c>.</summary>
    public abstract Statement Bind(int parameter, long value);

    /// <inheritdoc cref="Bind(int, long)"/>
    public abstract Statement Bind(int parameter, ReadOnlySpan<byte> blob);

    /// <inheritdoc cref="Bind(int, long)"/>
    public abstract Statement Bind(int parameter, string text);

    /// <summary>Runs a statement without rows.</summary>
    /// <returns>Rows that it changed.</returns>
    /// <exception cref="DbException">It failed.</exception>
    public abstract int Run();

    /// <summary>Steps to the next row; after the last one the statement may be run again.</summary>
    /// <exception cref="DbException">It failed.</exception>
    public abstract bool Next();

    public abstract long Number(int column);

    /// <summary>Valid until the next step.</summary>
    public abstract ReadOnlySpan<byte> Blob(int column);

    public abstract string Text(int column);

    /// <summary>Gives up the rows that are left.</summary>
    public abstract void Reset();

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);
}
