namespace ThreeOneOne.Field.Hub.Attachments;

/// <summary>
/// A picture as people see it: taken apart, freed of everything but the picture, and, where it is a JPEG and the programs are there, encoded
/// anew from its pixels. The file itself stays as it came. What was made is kept in memory for a while, never on the disk.
/// </summary>
public sealed class ShownPicture(AttachmentFiles files, JpegReencoder reencoder, TimeProvider time, ILogger<ShownPicture> log) : IDisposable
{
    private const long MostKept = 64L * 1024 * 1024;
    private const int AtOnce = 2;
    private const int MostFailed = 10_000;

    // A busy machine may have been the reason.
    private static readonly TimeSpan TriedAgain = TimeSpan.FromHours(1);

    private readonly SemaphoreSlim turns = new(AtOnce);
    private readonly Lock gate = new();
    private readonly Dictionary<string, byte[]> kept = new(StringComparer.Ordinal);
    private readonly Queue<string> order = new();
    private readonly Dictionary<string, DateTimeOffset> failed = new(StringComparer.Ordinal);
    private long keptBytes;

    /// <summary>True for a type of which people see a copy only.</summary>
    public static bool Is(string type) => CleanPicture.Types.Contains(type);

    /// <returns>Null when it cannot be made, or is not here.</returns>
    public async Task<byte[]?> OfAsync(string type, string sha256, CancellationToken cancel)
    {
        if (Kept(sha256) is { } known) return known;
        if (HasFailed(sha256)) return null;
        await turns.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            if (Kept(sha256) is { } made) return made;
            if (HasFailed(sha256)) return null;
            var clean = await files.CleanAsync(type, sha256, cancel).ConfigureAwait(false);
            if (clean is null) return null;
            var shown = type == Wire.AttachmentType.Jpeg && reencoder.IsThere ? await reencoder.RunAsync(clean, cancel).ConfigureAwait(false) : clean;
            if (shown is not null)
            {
                Keep(sha256, shown);
                return shown;
            }

            // Else each look at a hostile picture would cost its seconds again.
            Fail(sha256);
            log.NotShown(sha256);
            return null;
        }
        finally
        {
            turns.Release();
        }
    }

    /// <summary>For a file that went.</summary>
    public void Forget(string sha256)
    {
        lock (gate)
        {
            failed.Remove(sha256);
            if (kept.Remove(sha256, out var gone)) keptBytes -= gone.Length;
        }
    }

    public void Dispose() => turns.Dispose();

    private byte[]? Kept(string sha256)
    {
        lock (gate) return kept.GetValueOrDefault(sha256);
    }

    private bool HasFailed(string sha256)
    {
        lock (gate) return failed.TryGetValue(sha256, out var at) && time.GetUtcNow() - at < TriedAgain;
    }

    private void Fail(string sha256)
    {
        lock (gate)
        {
            if (failed.Count >= MostFailed) failed.Clear();
            failed[sha256] = time.GetUtcNow();
        }
    }

    private void Keep(string sha256, byte[] picture)
    {
        lock (gate)
        {
            if (!kept.TryAdd(sha256, picture)) return;
            order.Enqueue(sha256);
            keptBytes += picture.Length;
            while (keptBytes > MostKept && order.TryDequeue(out var oldest))
                if (kept.Remove(oldest, out var gone)) keptBytes -= gone.Length;
        }
    }
}
