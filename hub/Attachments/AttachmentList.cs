using System.Data.Common;

namespace ThreeOneOne.Field.Hub.Attachments;

/// <summary>What other capabilities may ask about files.</summary>
public sealed class AttachmentList(AttachmentStore store, AttachmentFiles files)
{
    private const string OnItsWay = "on-its-way";
    private const string Received = "received";
    private const string Refused = "refused";

    /// <summary>What these actions name, also while it is still on its way.</summary>
    public IReadOnlyList<AttachmentView> OfActions(DbConnection connection, IReadOnlyCollection<string> actions) =>
        [.. store.OfActions(connection, actions).Select(View)];

    private AttachmentView View(AttachmentStore.Row row)
    {
        if (row.RemovedMs is { } removed)
        {
            var gone = $"its time was over: removed on {DateTimeOffset.FromUnixTimeMilliseconds(removed):yyyy-MM-dd}";
            return new AttachmentView(row.Sha256, row.Type, row.Bytes, Refused, 0, row.Vehicle, row.Action, DateTimeOffset.FromUnixTimeMilliseconds(row.ReceivedMs!.Value), gone);
        }

        var state = row.ReceivedMs is not null ? Received : row.Refused is not null ? Refused : OnItsWay;
        var received = state switch { Received => row.Bytes, OnItsWay => files.Length(row.Vehicle, row.Sha256), _ => 0 };
        return new AttachmentView(
            row.Sha256, row.Type, row.Bytes, state, received, row.Vehicle, row.Action,
            row.ReceivedMs is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null, row.Refused);
    }
}
