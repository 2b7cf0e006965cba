using System.Data.Common;
using System.Text.Json;
using Dapper;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Receipts;

/// <summary>SQL of what vehicles signed for.</summary>
public static class ReceiptStore
{
    public static void AddLink(WriteScope scope, string vehicle, string epoch, long seq, string hash, ChainLink link) =>
        scope.Execute(
            "INSERT INTO chain_links (vehicle, epoch, n, seq, hash, prev) VALUES (@vehicle, @epoch, @N, @seq, @hash, @Prev) ON CONFLICT DO NOTHING",
            new { vehicle, epoch, link.N, seq, hash, link.Prev });

    public static void AddAction(WriteScope scope, string shift, string vehicle, string action) =>
        scope.Execute("INSERT INTO shift_actions (shift, vehicle, action) VALUES (@shift, @vehicle, @action) ON CONFLICT DO NOTHING", new { shift, vehicle, action });

    public static void AddReceipt(WriteScope scope, string vehicle, string epoch, long seq, ShiftReceipt receipt)
    {
        scope.Execute(
            "INSERT INTO shift_receipts (shift, vehicle, epoch, seq, actions) VALUES (@Shift, @vehicle, @epoch, @seq, @Actions) ON CONFLICT DO NOTHING",
            new { receipt.Shift, vehicle, epoch, seq, receipt.Actions });
        foreach (var head in receipt.Chains.Where(c => c.Count > 0))
        {
            scope.Execute(
                "INSERT INTO chain_heads (vehicle, epoch, n, hash) VALUES (@vehicle, @Epoch, @Count, @Head) ON CONFLICT DO NOTHING",
                new { vehicle, head.Epoch, head.Count, head.Head });
        }
    }

    public static void AddTombstone(WriteScope scope, string vehicle, string epoch, long seq, Tombstone tombstone) =>
        scope.Execute(
            "INSERT INTO tombstones (vehicle, epoch, seq, kind, reason, ranges) VALUES (@vehicle, @epoch, @seq, @kind, @Reason, @ranges) ON CONFLICT DO NOTHING",
            new
            {
                vehicle, epoch, seq, kind = JsonNamingPolicy.CamelCase.ConvertName(tombstone.Kind.ToString()), tombstone.Reason,
                ranges = JsonSerializer.Serialize(tombstone.Ranges ?? [[tombstone.From, tombstone.To]]),
            });

    /// <summary>Links of one chain in order.</summary>
    public static List<Link> Links(DbConnection connection, string vehicle, string epoch) =>
        connection.Query<Link>("SELECT n AS N, seq AS Seq, hash AS Hash, prev AS Prev FROM chain_links WHERE vehicle=@vehicle AND epoch=@epoch ORDER BY n, seq", new { vehicle, epoch }).AsList();

    /// <summary>
    /// Crew actions that a vehicle said it holds and that aren't here: it may have gone before it heard that they arrived. Every
    /// action is a link, so no more of them are out than links.
    /// </summary>
    public static long StillOut(DbConnection connection, string vehicle, VehicleStatus said)
    {
        if (said.UnsentActions == 0 || said.Chains is not { Length: > 0 } chains) return said.UnsentActions;
        var missing = chains.Sum(c => Math.Max(0, c.Count - connection.QueryFirstOrDefault<long>(
            "SELECT COUNT(DISTINCT n) FROM chain_links WHERE vehicle=@vehicle AND epoch=@Epoch AND n<=@Count", new { vehicle, c.Epoch, c.Count })));
        return Math.Min(said.UnsentActions, missing);
    }

    public static List<ChainHead> Heads(DbConnection connection, string vehicle) =>
        [.. connection.Query<(string Epoch, long N, string Hash)>("SELECT epoch, n, hash FROM chain_heads WHERE vehicle=@vehicle ORDER BY epoch, n, hash", new { vehicle })
            .Select(h => new ChainHead(h.Epoch, h.N, h.Hash))];

    public static List<(string Epoch, Dropped Dropped)> Tombstones(DbConnection connection, string vehicle) =>
        [.. connection.Query<(string Epoch, string Kind, string Reason, string Ranges)>(
                "SELECT epoch, kind, reason, ranges FROM tombstones WHERE vehicle=@vehicle ORDER BY epoch, seq", new { vehicle })
            .Select(t => (t.Epoch, new Dropped(JsonSerializer.Deserialize<long[][]>(t.Ranges) ?? [], t.Kind, t.Reason)))];

    /// <summary>Vehicles of a shift: crew actions that are here, and how many the vehicle signed for; null while it hasn't signed.</summary>
    public static List<(string Vehicle, long Here, long? Signed)> OfShift(DbConnection connection, string shift) =>
        [.. connection.Query<(string, long, long?)>(
            """
            SELECT v.vehicle, (SELECT COUNT(*) FROM shift_actions a WHERE a.shift=@shift AND a.vehicle=v.vehicle),
                   (SELECT MAX(actions) FROM shift_receipts r WHERE r.shift=@shift AND r.vehicle=v.vehicle)
            FROM (SELECT vehicle FROM shift_actions WHERE shift=@shift UNION SELECT vehicle FROM shift_receipts WHERE shift=@shift) v ORDER BY v.vehicle
            """, new { shift })];

    /// <summary>One link as it arrived.</summary>
    public sealed record Link(long N, long Seq, string Hash, string Prev);
}
