using System.Data.Common;
using Dapper;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Attachments;

/// <summary>SQL of how long files are kept, and of holds on them.</summary>
internal static class FileLifeStore
{
    public static void Hold(WriteScope scope, string sha256, string by, string reason) => scope.Execute(
        """
        INSERT INTO attachment_holds (sha256, since_ms, held_by, reason) VALUES (@sha256, @now, @by, @reason)
        ON CONFLICT (sha256) DO UPDATE SET held_by=excluded.held_by, reason=excluded.reason
        """, new { sha256, by, reason, now = scope.Now.ToUnixTimeMilliseconds() });

    public static bool Release(WriteScope scope, string sha256) => scope.Execute("DELETE FROM attachment_holds WHERE sha256=@sha256", new { sha256 }) == 1;

    /// <summary>Whole files of residents or of vehicles, voice notes or pictures, that came before a time and are not held, oldest first.</summary>
    public static IReadOnlyList<string> Over(DbConnection connection, bool resident, bool audio, long beforeMs, int most) =>
        [.. connection.Query<string>(
            """
            SELECT a.sha256 FROM attachments a
            WHERE a.removed_ms IS NULL AND a.received_ms<@beforeMs AND CASE WHEN a.vehicle=@name THEN 1 ELSE 0 END=@of AND lower(a.type) LIKE lower(@kind)
              AND NOT EXISTS (SELECT 1 FROM attachment_holds h WHERE h.sha256=a.sha256)
            ORDER BY a.received_ms, a.sha256 LIMIT @most
            """, new { beforeMs, of = resident ? 1 : 0, kind = audio ? "audio/%" : "image/%", name = KeepFile.Resident, most })];

    /// <returns>False when it is held meanwhile.</returns>
    public static bool Remove(WriteScope scope, string sha256) => scope.Execute(
        "UPDATE attachments SET removed_ms=@now WHERE sha256=@sha256 AND removed_ms IS NULL AND NOT EXISTS (SELECT 1 FROM attachment_holds h WHERE h.sha256=@sha256)",
        new { sha256, now = scope.Now.ToUnixTimeMilliseconds() }) == 1;
}
