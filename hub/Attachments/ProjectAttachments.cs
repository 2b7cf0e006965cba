using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Attachments;

/// <summary>Notes which files the crews' actions name: only these are taken, and only from the vehicle whose action it is.</summary>
public sealed class ProjectAttachments(AttachmentsOptions options, AttachmentStore store) : IProjection
{
    private const int MostOfOneAction = 8;

    public void Apply(WriteScope scope, IReadOnlyList<StoredRecord> records)
    {
        foreach (var stored in records)
        {
            if (stored.Record.Action is not { Attachments: { } files } action) continue;
            foreach (var file in files.Take(MostOfOneAction).Where(f => f is not null && IsHash(f.Sha256)))
                store.Name(scope, new AttachmentUse(stored.Vehicle, action.Id, file.Sha256, file.Type ?? "", file.Bytes, Refusal(file)));
        }
    }

    private string? Refusal(AttachmentRef file) =>
        !AttachmentType.All.Contains(file.Type) ? $"files of type '{file.Type}' are not taken"
        : file.Bytes < 1 ? "the file is empty"
        : file.Bytes > options.MaxFileBytes ? $"the file is longer than {options.MaxFileBytes} bytes"
        : null;

    // It becomes part of a file's name.
    private static bool IsHash(string? text) => text is { Length: 64 } && text.All(c => c is (>= '0' and <= '9') or (>= 'a' and <= 'f'));
}
