using System.Data.Common;
using ThreeOneOne.Field.Hub.Attachments;

namespace ThreeOneOne.Field.Hub.Commands;

/// <summary>How far the files are that commands brought.</summary>
public sealed class CommandFiles(AttachmentStore store, AttachmentFiles files)
{
    /// <summary>What stands where an action's id stands for a crew's file.</summary>
    public static string UseOf(string command) => "command:" + command;

    /// <summary>The command with where its file is now.</summary>
    public VehicleCommand WithFile(DbConnection connection, VehicleCommand command)
    {
        if (command.File is not { State: "on-its-way" } file) return command;
        var whole = store.Received(connection, file.Sha256) is not null;
        var refused = !whole && store.Find(connection, command.Vehicle, file.Sha256)?.Refused is not null;
        return command with
        {
            File = file with
            {
                State = whole ? "received" : refused ? "refused" : file.State,
                Received = whole ? file.Bytes : refused ? 0 : files.Length(command.Vehicle, file.Sha256),
            },
        };
    }
}
