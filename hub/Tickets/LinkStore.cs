using Dapper;
using System.Data.Common;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>SQL of which report repeats which request.</summary>
internal static class LinkStore
{
    private const string Columns =
        """
        child AS Child, n AS N, parent AS Parent, by_rule AS ByRule, by_place AS ByPlace, who AS Who, reasons AS Reasons, at_ms AS AtMs,
        undone_ms AS UndoneMs, undone_by AS UndoneBy, stage AS Stage, wait_reason AS WaitReason, sites AS Sites
        """;

    public static List<Ticket> Children(WriteScope scope, string parent) =>
        [.. scope.Query<TicketRow>($"SELECT {TicketStore.Columns} FROM requests r WHERE r.parent=@parent ORDER BY r.number", new { parent }).Select(r => r.ToTicket())];

    public static List<string> ChildNumbers(DbConnection connection, string parent) =>
        connection.Query<string>("SELECT number FROM requests WHERE parent=@parent ORDER BY number", new { parent }).AsList();

    /// <summary>The link of a child that holds; null when there is none.</summary>
    public static RequestLink? Current(DbConnection connection, DbTransaction? transaction, string child) =>
        connection.QueryFirstOrDefault<Row>(
            $"SELECT {Columns} FROM request_links WHERE child=@child AND undone_ms IS NULL ORDER BY n DESC LIMIT 1", new { child }, transaction)?.ToLink();

    public static void Add(WriteScope scope, RequestLink link) =>
        scope.Execute(
            """
            INSERT INTO request_links (child, n, parent, by_rule, by_place, who, reasons, at_ms, stage, wait_reason, sites)
            SELECT @Child, coalesce(max(n), 0) + 1, @Parent, @ByRule, @ByPlace, @Who, @Reasons, @now, @Stage, @WaitReason, @Sites FROM request_links WHERE child=@Child
            """,
            new
            {
                link.Child, link.Parent, ByRule = link.ByRule ? 1 : 0, ByPlace = link.ByPlace ? 1 : 0, link.Who, Reasons = string.Join('\n', link.Reasons),
                link.Stage, link.WaitReason, Sites = string.Join('\n', link.Sites), now = scope.Now.ToUnixTimeMilliseconds(),
            });

    public static void Undo(WriteScope scope, RequestLink link, string who) =>
        scope.Execute(
            "UPDATE request_links SET undone_ms=@now, undone_by=@who WHERE child=@Child AND n=@N",
            new { link.Child, link.N, who, now = scope.Now.ToUnixTimeMilliseconds() });

    /// <summary>A link goes from one parent to another, which took its place.</summary>
    public static void Move(WriteScope scope, RequestLink link, string parent) =>
        scope.Execute("UPDATE request_links SET parent=@parent WHERE child=@Child AND n=@N", new { link.Child, link.N, parent });

    /// <summary>Requests whose report named exactly this place and no pole, and whose place is not doubted yet.</summary>
    public static List<Ticket> OfPoint(WriteScope scope, GeoPoint at) =>
        [.. scope.Query<TicketRow>(
                $"SELECT {TicketStore.Columns} FROM requests r WHERE r.point_lat=@lat AND r.point_lon=@lon AND r.pole_named=0 AND r.place_doubtful=0 ORDER BY r.number",
                new { lat = TicketRow.Micro(at.Latitude), lon = TicketRow.Micro(at.Longitude) })
            .Select(r => r.ToTicket())];

    private sealed record Row(
        string Child, long N, string Parent, long ByRule, long ByPlace, string Who, string Reasons, long AtMs, long? UndoneMs, string? UndoneBy, string Stage, string? WaitReason, string Sites)
    {
        public RequestLink ToLink() => new()
        {
            Child = Child, N = N, Parent = Parent, ByRule = ByRule != 0, ByPlace = ByPlace != 0, Who = Who, Reasons = Lines(Reasons),
            At = DateTimeOffset.FromUnixTimeMilliseconds(AtMs), Stage = Stage, WaitReason = WaitReason, Sites = Lines(Sites),
        };

        private static string[] Lines(string text) => text.Length == 0 ? [] : text.Split('\n');
    }
}
