using System.Data.Common;
using Dapper;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Attachments;

/// <summary>All SQL of attachments.</summary>
public sealed class AttachmentStore
{
    public void Name(WriteScope scope, AttachmentUse use) => scope.Execute(
        """
        INSERT INTO attachment_uses (vehicle, action, sha256, type, bytes, named_ms, refused)
        VALUES (@Vehicle, @Action, @Sha256, @Type, @Bytes, @now, @Refused) ON CONFLICT DO NOTHING
        """,
        new { use.Vehicle, use.Action, use.Sha256, use.Type, use.Bytes, use.Refused, now = scope.Now.ToUnixTimeMilliseconds() });

    /// <summary>What a vehicle may send under this name: what its actions say of it, one that is not refused before one that is.</summary>
    public AttachmentUse? Find(DbConnection connection, string vehicle, string sha256) => connection.QueryFirstOrDefault<AttachmentUse>(
        """
        SELECT vehicle, action, sha256, type, bytes, refused FROM attachment_uses
        WHERE sha256=@sha256 AND vehicle=@vehicle ORDER BY refused IS NOT NULL, named_ms LIMIT 1
        """, new { vehicle, sha256 });

    public bool IsReceived(DbConnection connection, string sha256) =>
        connection.QueryFirstOrDefault<int>("SELECT 1 FROM attachments WHERE sha256=@sha256", new { sha256 }) == 1;

    /// <summary>Media type and length of a file that is whole; null while it is not.</summary>
    public (string Type, long Bytes)? Received(DbConnection connection, string sha256)
    {
        var row = connection.QueryFirstOrDefault<(string Type, long Bytes)>("SELECT type, bytes FROM attachments WHERE sha256=@sha256 AND removed_ms IS NULL", new { sha256 });
        return row.Type is null ? null : row;
    }

    /// <summary>Who was to send it; null when no action names it. What a vehicle calls a bundle is none of theirs.</summary>
    public AttachmentUse? Expected(DbConnection connection, string sha256) => connection.QueryFirstOrDefault<AttachmentUse>(
        "SELECT vehicle, action, sha256, type, bytes, refused FROM attachment_uses WHERE sha256=@sha256 AND type<>@bundle ORDER BY named_ms LIMIT 1",
        new { sha256, bundle = AttachmentType.Bundle });

    /// <summary>True when a file of this content is or was here, or anything names it.</summary>
    public bool IsKnown(WriteScope scope, string sha256) => scope.QueryFirstOrDefault<int>(
        "SELECT 1 WHERE EXISTS (SELECT 1 FROM attachments WHERE sha256=@sha256) OR EXISTS (SELECT 1 FROM attachment_uses WHERE sha256=@sha256)", new { sha256 }) == 1;

    public void Receive(WriteScope scope, AttachmentUse use) => scope.Execute(
        // Sent again after its time was over, it is a file anew.
        """
        INSERT INTO attachments (sha256, type, bytes, vehicle, received_ms) VALUES (@Sha256, @Type, @Bytes, @Vehicle, @now)
        ON CONFLICT (sha256) DO UPDATE SET removed_ms=NULL, received_ms=excluded.received_ms, vehicle=excluded.vehicle WHERE attachments.removed_ms IS NOT NULL
        """,
        new { use.Sha256, use.Type, use.Bytes, use.Vehicle, now = scope.Now.ToUnixTimeMilliseconds() });

    /// <summary>Forgets what a command brought, and nothing else of that content.</summary>
    /// <param name="scope">The transaction.</param>
    /// <param name="vehicle">Whose command.</param>
    /// <param name="action">The command as a use of the file.</param>
    /// <param name="sha256">The file.</param>
    /// <returns>True when the bytes may go: what was received was a bundle or nothing, nothing else names it, and nobody holds it.</returns>
    public bool ForgetBundle(WriteScope scope, string vehicle, string action, string sha256)
    {
        var bundle = AttachmentType.Bundle;
        scope.Execute("DELETE FROM attachment_uses WHERE sha256=@sha256 AND type=@bundle AND vehicle=@vehicle AND action=@action", new { sha256, bundle, vehicle, action });
        if (scope.QueryFirstOrDefault<int>(
            """
            SELECT 1 WHERE EXISTS (SELECT 1 FROM attachment_uses WHERE sha256=@sha256) OR EXISTS (SELECT 1 FROM attachment_holds WHERE sha256=@sha256)
              OR EXISTS (SELECT 1 FROM attachments WHERE sha256=@sha256 AND type<>@bundle)
            """, new { sha256, bundle }) == 1) return false;
        scope.Execute("DELETE FROM attachments WHERE sha256=@sha256", new { sha256 });
        return true;
    }

    public void Refuse(WriteScope scope, AttachmentUse use, string reason) => scope.Execute(
        "UPDATE attachment_uses SET refused=@reason WHERE sha256=@Sha256 AND vehicle=@Vehicle", new { use.Sha256, use.Vehicle, reason });

    /// <summary>What belonged to one thing belongs to another.</summary>
    public void Move(WriteScope scope, string vehicle, string from, string to) =>
        scope.Execute("UPDATE attachment_uses SET action=@to WHERE action=@from AND vehicle=@vehicle", new { vehicle, from, to });

    /// <summary>What these actions name, in the order named.</summary>
    public IReadOnlyList<Row> OfActions(DbConnection connection, IReadOnlyCollection<string> actions) => actions.Count == 0 ? [] :
        [.. connection.Query<Row>(
            """
            SELECT u.vehicle, u.action, u.sha256, u.type, u.bytes, u.refused, a.received_ms AS receivedMs, a.removed_ms AS removedMs
            FROM attachment_uses u LEFT JOIN attachments a ON a.sha256=u.sha256
            WHERE u.action IN @actions ORDER BY u.named_ms, u.sha256
            """, new { actions })];

    public sealed record Row(string Vehicle, string Action, string Sha256, string Type, long Bytes, string? Refused, long? ReceivedMs, long? RemovedMs);
}
