using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Attachments;

/// <summary>Takes one piece of a file and says how far the hub is: what it says is durable.</summary>
public sealed class TakePiece(Database database, AttachmentStore store, AttachmentFiles files, ILogger<TakePiece> log)
{
    // Bytes that a power cut left at the end of a part may be wrong: once it is begun again, then it is the sender's fault.
    private readonly HashSet<(string Vehicle, string Sha256)> begunAgain = [];

    /// <param name="vehicle">As the topic says; the broker ties it to the certificate.</param>
    /// <param name="chunk">The piece; without bytes it only asks.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="IOException">The disk does not take it: nothing is answered, and the vehicle asks again later.</exception>
    public async Task<FileState> TakeAsync(string vehicle, FileChunk chunk, CancellationToken cancel)
    {
        var (use, received) = await database.ReadAsync(c => (store.Find(c, vehicle, chunk.Sha256), store.IsReceived(c, chunk.Sha256)), cancel).ConfigureAwait(false);
        if (use is null) return Answer(FileProgress.NotExpected, 0);
        if (received)
        {
            // Another vehicle's was whole first.
            files.Discard(vehicle, use.Sha256);
            return Answer(FileProgress.Complete, (int)use.Bytes);
        }

        if (use.Refused is { } before) return Answer(FileProgress.Refused, 0, before);
        if (files.IsWhole(use)) return await ReceivedAsync(use).ConfigureAwait(false);
        if (chunk.Offset + (long)chunk.Bytes.Length > use.Bytes) return await RefuseAsync(use, $"it is longer than the {use.Bytes} bytes that the action says").ConfigureAwait(false);
        var length = files.Append(use, chunk.Offset, chunk.Bytes.Span);
        if (length < use.Bytes) return Answer(FileProgress.Wanted, (int)length);
        switch (length > use.Bytes ? AttachmentFault.Hash : files.Finish(use))
        {
            case null:
                return await ReceivedAsync(use).ConfigureAwait(false);
            case AttachmentFault.Hash when begunAgain.Add((vehicle, use.Sha256)):
                files.Discard(vehicle, use.Sha256);
                log.BegunAgain(vehicle, use.Sha256);
                return Answer(FileProgress.Wanted, 0);
            case AttachmentFault.Hash:
                return await RefuseAsync(use, "its bytes are not those that the action names").ConfigureAwait(false);
            default:
                return await RefuseAsync(use, $"it does not begin like {use.Type}").ConfigureAwait(false);
        }

        FileState Answer(FileProgress progress, int next, string? reason = null) =>
            new() { Sha256 = chunk.Sha256, Next = next, Progress = progress, Reason = reason };

        async Task<FileState> ReceivedAsync(AttachmentUse whole)
        {
            await database.WriteAsync(scope => store.Receive(scope, whole), WritePriority.Interactive, cancel).ConfigureAwait(false);
            // The power may have gone between the file's name and its part's end.
            files.Discard(vehicle, whole.Sha256);
            begunAgain.Remove((vehicle, whole.Sha256));
            log.Received(vehicle, whole.Sha256, whole.Type, whole.Bytes);
            return Answer(FileProgress.Complete, (int)whole.Bytes);
        }

        async Task<FileState> RefuseAsync(AttachmentUse wrong, string reason)
        {
            await database.WriteAsync(scope => store.Refuse(scope, wrong, reason), WritePriority.Interactive, cancel).ConfigureAwait(false);
            files.Discard(vehicle, wrong.Sha256);
            log.Refused(vehicle, wrong.Sha256, reason);
            return Answer(FileProgress.Refused, 0, reason);
        }
    }
}
