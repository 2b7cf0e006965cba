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

    private readonly AttachmentsOptions options;
    private readonly string root;

    public AttachmentFiles(Database database, AttachmentsOptions options)
    {
        this.options = options;
        root = Path.Combine(database.Folder, "attachments");
    }

    /// <summary>Where a whole file is.</summary>
    public string PathOf(string sha256) => Path.Combine(root, sha256[..2], sha256);

    /// <summary>A whole file as it may be shown to everybody: <see cref="CleanPicture"/>.</summary>
    /// <returns>Null when it cannot be cleaned, or is not here.</returns>
    public async Task<byte[]?> CleanAsync(string type, string sha256, CancellationToken cancel) =>
        File.Exists(PathOf(sha256)) ? CleanPicture.Of(type, await File.ReadAllBytesAsync(PathOf(sha256), cancel).ConfigureAwait(false)) : null;

    /// <summary>Bytes of an unfinished file that are here.</summary>
    public long Length(string vehicle, string sha256) => new FileInfo(PartOf(vehicle, sha256)) is { Exists: true } part ? part.Length : 0;

    /// <summary>True when the file got its name, which it does after all checks; the hub may have ended before it noted it.</summary>
    public bool IsWhole(AttachmentUse use) => new FileInfo(PathOf(use.Sha256)) is { Exists: true } file && file.Length == use.Bytes;

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
        using (var file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.Write))
        {
            RandomAccess.Write(file, bytes[^fresh..], length);
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
        using (var file = File.OpenRead(part))
        {
            Span<byte> head = stackalloc byte[HeadBytes];
            head = head[..file.ReadAtLeast(head, HeadBytes, throwOnEndOfStream: false)];
            file.Position = 0;
            if (Convert.ToHexStringLower(SHA256.HashData(file)) != use.Sha256) return AttachmentFault.Hash;
            if (!AttachmentType.Matches(use.Type, head)) return AttachmentFault.Type;
        }

        File.Move(part, PathOf(use.Sha256), overwrite: true);
        DurableFolder.Sync(Path.GetDirectoryName(part)!);
        return null;
    }

    /// <summary>Forgets an unfinished file.</summary>
    public void Discard(AttachmentUse use)
    {
        if (PartOf(use.Vehicle, use.Sha256) is var part && File.Exists(part)) File.Delete(part);
    }

    private string PartOf(string vehicle, string sha256) => $"{PathOf(sha256)}.{Identifier.Require(vehicle, "vehicle id")}.part";

    private void CreateFolders(string sha256)
    {
        DurableFolder.Create(root);
        DurableFolder.Create(Path.Combine(root, sha256[..2]));
    }
}
