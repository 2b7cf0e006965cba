using System.Buffers;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Outbox;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Attachments;

/// <summary>
/// Files of the crew until the hub has them, named by their content. Folder <c>new</c>: saved, not yet named by an action;
/// <c>waiting</c>: named, to be sent; <c>aside</c>: refused by the hub, for a person. A file has its name only after its
/// bytes are on the disk, and changes folders by rename, so that a power cut at any byte leaves it whole or not there.
/// </summary>
public sealed class AttachmentStore
{
    private const int HeadBytes = 12;
    private const int Portion = 64 * 1024;
    private const string Unfinished = ".part";
    private const string Sealed = ".sealed";

    private static readonly TimeSpan Recently = TimeSpan.FromMinutes(10);
    private static readonly DateTimeOffset Plausible = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Dictionary<string, string> Endings = new()
    {
        [AttachmentType.Jpeg] = ".jpg", [AttachmentType.Png] = ".png", [AttachmentType.Webp] = ".webp",
        [AttachmentType.Ogg] = ".ogg", [AttachmentType.Webm] = ".webm",
        [AttachmentType.Bundle] = ".gz",
    };

    private readonly Lock gate = new();
    private readonly AttachmentsOptions options;
    private readonly DeviceClock clock;
    private readonly ILogger log;
    private readonly string fresh;
    private readonly string waiting;
    private readonly string aside;
    private readonly Dictionary<string, StoredAttachment> unclaimed = [];
    private readonly Dictionary<string, StoredAttachment> claimed = [];
    private readonly Dictionary<string, StoredAttachment> setAside = [];
    private readonly byte[]? key;
    private long arriving;

    /// <param name="folder">Made when absent.</param>
    /// <param name="options">Bounds.</param>
    /// <param name="clock">Its times.</param>
    /// <param name="log">Told of every file.</param>
    /// <param name="key">32 bytes that the files are encrypted with (<see cref="SealedFile"/>); null for not.</param>
    /// <exception cref="IOException">The folder cannot be used.</exception>
    public AttachmentStore(string folder, AttachmentsOptions options, DeviceClock clock, ILogger log, byte[]? key = null)
    {
        this.key = key;
        this.options = options;
        this.clock = clock;
        this.log = log;
        (fresh, waiting, aside) = (Path.Combine(folder, "new"), Path.Combine(folder, "waiting"), Path.Combine(folder, "aside"));
        foreach (var (path, held) in new[] { (fresh, unclaimed), (waiting, claimed), (aside, setAside) })
        {
            DurableFile.CreateFolder(path);
            foreach (var file in new DirectoryInfo(path).GetFiles())
            {
                if (file.Name.EndsWith(Unfinished, StringComparison.Ordinal)) file.Delete();
                else if (Read(SealNow(file), clock.MonotonicMs) is { } stored) held[stored.Ref.Sha256] = stored;
            }
        }
    }

    /// <summary>Raised when a file is ready to be sent. Must return at once.</summary>
    public event Action? Ready;

    /// <summary>Files to be sent, oldest first.</summary>
    public IReadOnlyList<StoredAttachment> Waiting
    {
        get
        {
            lock (gate) return [.. claimed.Values.OrderBy(a => a.Saved)];
        }
    }

    /// <summary>Bytes of the files that the hub does not have, those that were set aside among them.</summary>
    public long UnsentBytes
    {
        get
        {
            lock (gate) return claimed.Values.Concat(setAside.Values).Sum(a => (long)a.Ref.Bytes);
        }
    }

    /// <summary>Takes a file. Completes when it is on the disk under its name; the same content twice is one file.</summary>
    /// <param name="type">Media type.</param>
    /// <param name="content">Its bytes, hashed as they come.</param>
    /// <param name="length">As announced; null when it was not.</param>
    /// <param name="stop">The sender went away.</param>
    /// <exception cref="AttachmentRefusedException">It is not taken.</exception>
    /// <exception cref="IOException">The disk does not take it.</exception>
    public async Task<AttachmentRef> SaveAsync(string? type, Stream content, long? length, CancellationToken stop)
    {
        if (type is null || !AttachmentType.All.Contains(type))
            throw new AttachmentRefusedException(AttachmentRefusal.Type, $"files of type '{type}' are not taken", $"send one of {string.Join(", ", AttachmentType.All)}");
        DropUnclaimed();
        if (length is { } announced) CheckLength(announced, 0);
        var part = Path.Combine(fresh, Guid.NewGuid().ToString("n") + Unfinished);
        var received = 0L;
        try
        {
            var saved = await ReceiveAsync(type, content, part, n => received = n, stop).ConfigureAwait(false);
            if (length is { } whole && whole != saved.Bytes) throw Incomplete();
            Name(part, saved);
            log.AttachmentSaved(saved.Sha256, saved.Type, saved.Bytes);
            return saved;
        }
        finally
        {
            Interlocked.Add(ref arriving, -received);
            File.Delete(part);
        }
    }

    /// <summary>Takes what the vehicle made itself; it is sent at once. Durable when it returns.</summary>
    /// <exception cref="AttachmentRefusedException">There is no room for it.</exception>
    /// <exception cref="IOException">The disk does not take it.</exception>
    public AttachmentRef SaveBundle(ReadOnlySpan<byte> content)
    {
        CheckLength(content.Length, 0);
        var saved = new AttachmentRef(Convert.ToHexStringLower(SHA256.HashData(content)), AttachmentType.Bundle, content.Length);
        var part = Path.Combine(fresh, Guid.NewGuid().ToString("n") + Unfinished);
        try
        {
            using (var file = new FileStream(part, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0))
            {
                if (key is null)
                {
                    file.Write(content);
                }
                else
                {
                    using var closing = SealedFile.Write(file, key);
                    closing.Write(content);
                    closing.Finish();
                }

                file.Flush(flushToDisk: true);
            }

            Name(part, saved);
            Claim([saved.Sha256]);
            return saved;
        }
        finally
        {
            File.Delete(part);
        }
    }

    /// <summary>Says that an action names these files: from now on they are sent. Durable when it returns.</summary>
    /// <returns>What the action says of them; null when one is not here.</returns>
    /// <exception cref="IOException">The disk does not take it.</exception>
    public AttachmentRef[]? Claim(IReadOnlyList<string> sha256)
    {
        lock (gate)
        {
            var found = sha256.Select(s => claimed.GetValueOrDefault(s) ?? unclaimed.GetValueOrDefault(s)).ToArray();
            if (found.Contains(null)) return null;
            var moves = found.Where(f => unclaimed.ContainsKey(f!.Ref.Sha256)).DistinctBy(f => f!.Ref.Sha256).ToList();
            foreach (var file in moves) File.Move(PathIn(fresh, file!.Ref), PathIn(waiting, file.Ref), overwrite: true);
            if (moves.Count > 0)
            {
                DurableFile.SyncFolder(waiting);
                DurableFile.SyncFolder(fresh);
            }

            foreach (var file in moves)
            {
                unclaimed.Remove(file!.Ref.Sha256);
                claimed[file.Ref.Sha256] = file;
            }

            if (moves.Count > 0) Ready?.Invoke();
            return [.. found.Select(f => f!.Ref)];
        }
    }

    /// <summary>A piece of a file that is to be sent; null when the disk does not give it.</summary>
    public ReadOnlyMemory<byte>? Read(AttachmentRef file, int offset, int most)
    {
        try
        {
            using var stored = File.OpenRead(PathIn(waiting, file));
            using var content = key is null ? stored : SealedFile.Read(stored, key);
            var piece = new byte[Math.Min(most, file.Bytes - offset)];
            content.Position = offset;
            return content.ReadAtLeast(piece, piece.Length, throwOnEndOfStream: false) == piece.Length ? piece : null;
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            log.AttachmentTrouble(file.Sha256, e.Message);
            return null;
        }
    }

    /// <summary>The hub has it, checked and durable.</summary>
    public void Drop(AttachmentRef file)
    {
        lock (gate)
        {
            if (!claimed.Remove(file.Sha256)) return;
            Remove(PathIn(waiting, file), file.Sha256);
        }

        log.AttachmentDropped(file.Sha256);
    }

    /// <summary>The hub will not take it: it is kept for a person and not sent any more.</summary>
    public void SetAside(AttachmentRef file, string reason)
    {
        lock (gate)
        {
            if (!claimed.Remove(file.Sha256, out var stored)) return;
            try
            {
                File.Move(PathIn(waiting, file), PathIn(aside, file), overwrite: true);
                DurableFile.SyncFolder(aside);
            }
            catch (IOException e)
            {
                log.AttachmentTrouble(file.Sha256, e.Message);
            }

            setAside[file.Sha256] = stored;
        }

        log.AttachmentSetAside(file.Sha256, aside, reason);
    }

    private async Task<AttachmentRef> ReceiveAsync(string type, Stream content, string part, Action<long> counted, CancellationToken stop)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var file = new FileStream(part, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        using var closing = key is null ? null : SealedFile.Write(file, key);
        var head = new byte[HeadBytes];
        var length = 0L;
        var buffer = ArrayPool<byte>.Shared.Rent(Portion);
        try
        {
            int read;
            while ((read = await content.ReadAsync(buffer.AsMemory(0, Portion), stop).ConfigureAwait(false)) > 0)
            {
                CheckLength(length + read, read);
                Interlocked.Add(ref arriving, read);
                counted(length + read);
                var piece = buffer.AsSpan(0, read);
                if (length < HeadBytes) piece[..(int)Math.Min(read, HeadBytes - length)].CopyTo(head.AsSpan((int)length));
                hash.AppendData(piece);
                if (closing is null) file.Write(piece);
                else closing.Write(piece);
                length += read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        if (length == 0) throw Incomplete();
        if (!AttachmentType.Matches(type, head.AsSpan(0, (int)Math.Min(length, HeadBytes))))
            throw new AttachmentRefusedException(AttachmentRefusal.Type, $"the file does not begin like {type}", "send it with the type that it has");
        closing?.Finish();
        file.Flush(flushToDisk: true);
        return new AttachmentRef(Convert.ToHexStringLower(hash.GetHashAndReset()), type, (int)length);
    }

    private void Name(string part, AttachmentRef saved)
    {
        lock (gate)
        {
            // Equal content is equal: what waits already is the same file.
            if (claimed.ContainsKey(saved.Sha256)) return;
            File.Move(part, PathIn(fresh, saved), overwrite: true);
            DurableFile.SyncFolder(fresh);
            unclaimed[saved.Sha256] = new StoredAttachment(saved, clock.Now, clock.MonotonicMs);
        }
    }

    private void CheckLength(long length, int more)
    {
        if (length > options.MaxFileBytes)
            throw new AttachmentRefusedException(AttachmentRefusal.TooLong, $"the file is longer than {options.MaxFileBytes} bytes", "take it with a lower resolution");
        long used;
        lock (gate) used = claimed.Values.Concat(unclaimed.Values).Concat(setAside.Values).Sum(a => (long)a.Ref.Bytes);
        used += Interlocked.Read(ref arriving) + (more > 0 ? more : length);
        if (used > options.MaxBytes)
        {
            throw new AttachmentRefusedException(
                AttachmentRefusal.Full, $"the vehicle's room for photos is used up ({options.MaxBytes / (1024 * 1024)} MB wait for the hub)",
                "complete without the photo, or take it again after the vehicle has had a good connection");
        }
    }

    private void DropUnclaimed()
    {
        lock (gate)
        {
            foreach (var file in unclaimed.Values.Where(IsForgotten).Select(a => a.Ref).ToList())
            {
                unclaimed.Remove(file.Sha256);
                Remove(PathIn(fresh, file), file.Sha256);
                log.AttachmentUnclaimed(file.Sha256);
            }
        }
    }

    // A vehicle's clock may jump by years: what was just saved is never forgotten, whatever the clock says.
    private bool IsForgotten(StoredAttachment file)
    {
        var keep = TimeSpan.FromHours(options.KeepUnclaimedHours);
        var here = TimeSpan.FromMilliseconds(clock.MonotonicMs - file.SinceMs);
        return here >= keep || (here >= Recently && file.Saved >= Plausible && clock.Now - file.Saved >= keep);
    }

    private void Remove(string path, string sha256)
    {
        try
        {
            File.Delete(path);
        }
        catch (IOException e)
        {
            log.AttachmentTrouble(sha256, e.Message);
        }
    }

    private static AttachmentRefusedException Incomplete() => new(AttachmentRefusal.Incomplete, "the file did not come whole", "send it again");

    private string PathIn(string folder, AttachmentRef file) => Path.Combine(folder, file.Sha256 + Endings[file.Type] + (key is null ? "" : Sealed));

    // A file from before the key.
    private FileInfo SealNow(FileInfo file)
    {
        if (key is null || file.Extension == Sealed || file.Length == 0) return file;
        var path = file.FullName + Sealed;
        using (var from = file.OpenRead())
        using (var to = new FileStream(path + Unfinished, FileMode.Create, FileAccess.Write))
        using (var closing = SealedFile.Write(to, key))
        {
            var buffer = new byte[Portion];
            int read;
            while ((read = from.Read(buffer)) > 0) closing.Write(buffer.AsSpan(0, read));
            closing.Finish();
            to.Flush(flushToDisk: true);
        }

        File.SetLastWriteTimeUtc(path + Unfinished, file.LastWriteTimeUtc);
        File.Move(path + Unfinished, path, overwrite: true);
        DurableFile.SyncFolder(file.DirectoryName!);
        file.Delete();
        return new FileInfo(path);
    }

    private StoredAttachment? Read(FileInfo file, long nowMs)
    {
        var (name, length) = file.Extension == Sealed ? (Path.GetFileNameWithoutExtension(file.Name), SealedFile.ContentLength(file.Length)) : (file.Name, file.Length);
        var type = Endings.FirstOrDefault(e => e.Value == Path.GetExtension(name)).Key;
        var sha256 = Path.GetFileNameWithoutExtension(name);
        return type is null || sha256.Length != 64 || length is < 1 or > int.MaxValue || (file.Extension == Sealed) != (key is not null)
            ? null
            : new StoredAttachment(new AttachmentRef(sha256, type, (int)length), file.LastWriteTimeUtc, nowMs);
    }
}
