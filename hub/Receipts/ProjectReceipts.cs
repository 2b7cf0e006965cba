using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Receipts;

/// <summary>Keeps what each vehicle signs for, so that what is missing can be named.</summary>
public sealed class ProjectReceipts : IProjection
{
    public void Apply(WriteScope scope, IReadOnlyList<StoredRecord> records)
    {
        foreach (var stored in records)
        {
            var record = stored.Record;
            if (record.Chain is { } link) ReceiptStore.AddLink(scope, stored.Vehicle, stored.Epoch, record.Seq, stored.Hash, link);
            if (record is { Action: { } action, Duty: { } duty }) ReceiptStore.AddAction(scope, duty.Shift, stored.Vehicle, action.Id);
            if (record.Shift?.Receipt is { } receipt) ReceiptStore.AddReceipt(scope, stored.Vehicle, stored.Epoch, record.Seq, receipt);
            if (record.Tombstone is { } tombstone) ReceiptStore.AddTombstone(scope, stored.Vehicle, stored.Epoch, record.Seq, tombstone);
        }
    }
}
