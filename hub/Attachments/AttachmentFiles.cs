using System.Security.Cryptography;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Attachments;

/// <summary>
/// The bytes, in <c>&lt;data&gt;/attachments/aa/</c>. A piece is fsynced before anyone hears of it; a whole file gets its name
/// only after its length, hash and type were checked. Each vehicle has a part of its own, so that none can spoil another's.
/// Not thread-safe: one lane writes.
/// </summary>
public sealed class AttachmentFiles
{
    private const int HeadBytes = 12;

    private const string Sealed = ".sealed";

    private readonly AttachmentsOptions options;
    private readonly byte[]? key;
    private readonly string root;

    public AttachmentFiles(Database database, AttachmentsOptions options)
    {
        this.options = options;
        key = AttachmentKey.Read(options);
        root = Path.Combine(database.Folder, "attachments");
    }

    /// <summary>Opens a whole file: seekable; null when it is not here.</summary>
    /// <exception cref="InvalidDataException">It is encrypted, and the key is another one or there is none; or it was changed.</exception>
    public Stream? Open(string sha256)
    {
        var path = PathOf(sha256);
        if (File.Exists(path + Sealed))
            return SealedFile.Read(File.OpenRead(path + Sealed), key ?? throw new InvalidDataException("it is encrypted, and Attachments:KeyFile is not set"));
        return File.Exists(path) ? File.OpenRead(path) : null;
    }

    /// <summary>A whole file as an answer.</summary>
    public IResult Answer(string sha256, string type, string name) => Open(sha256) is { } content
        ? TypedResults.Stream(content, type, name, enableRangeProcessing: true)
        : TypedResults.Problem("it is not on the disk any more", statusCode: StatusCodes.Status404NotFound);

    /// <summary>Where a whole file is that is not encrypted.</summary>
    public string PathOf(string sha256) => Path.Combine(root, sha256[..2], sha256);

    /// <summary>A whole file as it may be shown to everybody: <see cref="CleanPicture"/>.</summary>
    /// <returns>Null when it cannot be cleaned, or is not here.</returns>
    public async Task<byte[]?> CleanAsync(string type, string sha256, CancellationToken cancel)
    {
        await using var content = Open(sha256);
        if (content is null) return null;
        var bytes = new byte[content.Length];
        await content.ReadExactlyAsync(bytes, cancel).ConfigureAwait(false);
        return CleanPicture.Of(type, bytes);
    }

    /// <summary>Bytes of an unfinished file that are here.</summary>
    public long Length(string vehicle, string sha256) =>
        new FileInfo(PartOf(vehicle, sha256)) is { Exists: true } part ? Math.Max(0, part.Length - (key is null ? 0 : PartCipher.HeaderBytes)) : 0;

    /// <summary>True when the file got its name, which it does after all checks; the hub may have ended before it noted it.</summary>
    public bool IsWhole(AttachmentUse use)
    {
        using var content = Open(use.Sha256);
        if (content is null || content.Length != use.Bytes) return false;
        // It may have been checked as another type's.
        Span<byte> head = stackalloc byte[HeadBytes];
        return AttachmentType.Matches(use.Type, head[..content.ReadAtLeast(head, HeadBytes, throwOnEndOfStream: false)]);
    }

    /// <summary>Appends what is new in a piece, and makes it durable.</summary>
    /// <returns>Bytes from the start that are durable now.</returns>
    /// <exception cref="IOException">The disk does not take it.</exception>
    public long Append(AttachmentUse use, long offset, ReadOnlySpan<byte> bytes)
    {
        var path = PartOf(use.Vehicle, use.Sha256);
        var length = Length(use.Vehicle, use.Sha256);
        var fresh = (int)Math.Min(bytes.Length, offset + bytes.Length - length);
        if (offset > length || fresh <= 0) return length;
        if (length == 0) CreateFolders(use.Sha256);
        if (new DriveInfo(root).AvailableFreeSpace < options.KeepFreeBytes + fresh) throw new IOException("the disk has no room for attachments");
        using (var file = File.OpenHandle(path, length == 0 ? FileMode.Create : FileMode.Open, FileAccess.ReadWrite))
        {
            if (key is null) RandomAccess.Write(file, bytes[^fresh..], length);
            else PartCipher.Write(file, key, bytes[^fresh..], length);
            RandomAccess.FlushToDisk(file);
        }

        if (length == 0) DurableFolder.Sync(Path.GetDirectoryName(path)!);
        return length + fresh;
    }

    /// <summary>Checks a file of full length.</summary>
    /// <returns>What is wrong with it; null when it is whole and has its name now.</returns>
    public AttachmentFault? Finish(AttachmentUse use)
    {
        var part = PartOf(use.Vehicle, use.Sha256);
        using (var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256))
        {
            byte[] head = [];
            Read(part, piece =>
            {
                if (head.Length == 0) head = piece[..Math.Min(HeadBytes, piece.Length)].ToArray();
                hash.AppendData(piece);
            });
            if (Convert.ToHexStringLower(hash.GetHashAndReset()) != use.Sha256) return AttachmentFault.Hash;
            if (!AttachmentType.Matches(use.Type, head)) return AttachmentFault.Type;
        }

        if (key is null) File.Move(part, PathOf(use.Sha256), overwrite: true);
        else Seal(part, PathOf(use.Sha256) + Sealed);
        DurableFolder.Sync(Path.GetDirectoryName(part)!);
        return null;
    }

    /// <summary>Removes a whole file that nothing names any more.</summary>
    public void Remove(string sha256)
    {
        File.Delete(PathOf(sha256));
        File.Delete(PathOf(sha256) + Sealed);
    }

    /// <summary>Forgets what a vehicle sent of an unfinished file.</summary>
    public void Discard(string vehicle, string sha256)
    {
        if (!Directory.Exists(Path.GetDirectoryName(PathOf(sha256)))) return;
        File.Delete(PlainPartOf(vehicle, sha256));
        File.Delete(PlainPartOf(vehicle, sha256) + Sealed);
    }

    private void Seal(string part, string path)
    {
        var beside = part + ".new";
        using (var to = File.Create(beside))
        using (var closing = SealedFile.Write(to, key))
        {
            Read(part, closing.Write);
            closing.Finish();
            to.Flush(flushToDisk: true);
        }

        File.Move(beside, path, overwrite: true);
        File.Delete(part);
    }

    // The content of a part, piece by piece.
    private void Read(string part, Action<ReadOnlySpan<byte>> take)
    {
        using var from = File.OpenHandle(part);
        var header = key is null ? 0 : PartCipher.HeaderBytes;
        var buffer = new byte[SealedFile.PieceBytes];
        for (var at = 0L; ;)
        {
            var read = RandomAccess.Read(from, buffer, header + at);
            if (read == 0) return;
            if (key is not null) PartCipher.Open(from, key, buffer.AsSpan(0, read), at);
            take(buffer.AsSpan(0, read));
            at += read;
        }
    }

    // One of before the key is not gone on with.
    private string PartOf(string vehicle, string sha256) => PlainPartOf(vehicle, sha256) + (key is null ? "" : Sealed);

    private string PlainPartOf(string vehicle, string sha256) => $"{PathOf(sha256)}.{Identifier.Require(vehicle, "vehicle id")}.part";

    private void CreateFolders(string sha256)
    {
        DurableFolder.Create(root);
        DurableFolder.Create(Path.Combine(root, sha256[..2]));
    }
}
