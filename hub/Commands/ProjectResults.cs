using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Attachments;
using ThreeOneOne.Field.Hub.Enrolment;
using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Commands;

/// <summary>Settles commands by the results that vehicles recorded.</summary>
public sealed class ProjectResults(AttachmentStore attachments, CommandsOptions options) : IProjection
{
    public void Apply(WriteScope scope, IReadOnlyList<StoredRecord> records)
    {
        foreach (var stored in records)
        {
            if (stored.Record.Result is not { } result) continue;
            var (state, detail) = result.Outcome switch
            {
                CommandOutcome.Done => (VehicleCommand.Done, result.Detail),
                CommandOutcome.Expired => (VehicleCommand.Expired, result.Detail),
                CommandOutcome.NotKnown => (VehicleCommand.Failed, result.Detail ?? "the agent on the vehicle knows no such command"),
                _ => (VehicleCommand.Failed, result.Detail),
            };
            var kind = CommandStore.KindOf(scope, stored.Vehicle, result.Id);
            var file = result.File is { } named && kind is not null && CommandKinds.BringsFile(kind) ? named : null;
            // One name is one content: whoever could name a photo as his log could have it removed with his log.
            if (file is not null && attachments.IsKnown(scope, file.Sha256)) (file, detail) = (null, $"{detail}; its file is not taken: something else is named so".TrimStart(';', ' '));
            var settles = CommandStore.Settle(scope, result.Id, stored.Vehicle, state, detail);
            if (settles && file is not null) Expect(scope, stored.Vehicle, result.Id, file);
            // Its key is gone: whoever still shows its certificate is not the vehicle. One that was enrolled anew since is another.
            var wiped = state == VehicleCommand.Done || detail?.StartsWith(CommandResult.WipedInPart, StringComparison.Ordinal) == true;
            if (settles && kind == CommandKinds.Wipe && wiped) RevokeVehicle.Do(scope, Actor.Hub, stored.Vehicle, "wiped");
        }
    }

    // Only what a command of this kind may bring, and only from the vehicle that was told: its name becomes part of a file's name.
    private void Expect(WriteScope scope, string vehicle, string command, AttachmentRef file)
    {
        if (file.Sha256 is not { Length: 64 } || !file.Sha256.All(char.IsAsciiHexDigitLower) || file.Type != AttachmentType.Bundle || file.Bytes < 1) return;
        var refused = file.Bytes > options.MaxBundleBytes ? $"the file is longer than {options.MaxBundleBytes} bytes" : null;
        attachments.Name(scope, new AttachmentUse(vehicle, CommandFiles.UseOf(command), file.Sha256, AttachmentType.Bundle, file.Bytes, refused));
        CommandStore.NoteFile(scope, vehicle, command, file.Sha256, file.Bytes);
    }
}
