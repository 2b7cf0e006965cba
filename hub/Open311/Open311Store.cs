using System.Data.Common;
using System.Text.Json;
using Dapper;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Open311;

/// <summary>All SQL of Open311's own tables: who reported, tokens, links, updates from outside.</summary>
internal static class Open311Store
{
    public static void SaveReporter(WriteScope scope, string subject, Reporter reporter)
    {
        if (reporter.IsEmpty) return;
        scope.Execute(
            """
            INSERT INTO open311_reporters (subject, email, phone, first_name, last_name, device_id, account_id, received_ms)
            VALUES (@subject, @Email, @Phone, @FirstName, @LastName, @DeviceId, @AccountId, @now)
            """,
            new
            {
                subject, reporter.Email, reporter.Phone, reporter.FirstName, reporter.LastName, reporter.DeviceId, reporter.AccountId,
                now = scope.Now.ToUnixTimeMilliseconds(),
            });
    }

    public static (Reporter Reporter, DateTimeOffset ReceivedAt)? Reporter(DbConnection connection, DbTransaction? transaction, string subject) =>
        connection.QueryFirstOrDefault<ReporterRow>(
            """
            SELECT email AS Email, phone AS Phone, first_name AS FirstName, last_name AS LastName, device_id AS DeviceId,
                   account_id AS AccountId, received_ms AS ReceivedMs
            FROM open311_reporters WHERE subject=@subject
            """, new { subject }, transaction) is { } row
            ? (row.ToReporter(), DateTimeOffset.FromUnixTimeMilliseconds(row.ReceivedMs))
            : null;

    /// <summary>The request that a token led to takes over who reported it.</summary>
    public static void MoveReporter(WriteScope scope, string from, string to)
    {
        scope.Execute("UPDATE open311_reporters SET subject=@to WHERE subject=@from", new { from, to });
        scope.Execute("UPDATE open311_links SET subject=@to WHERE subject=@from", new { from, to });
    }

    /// <returns>How many were forgotten, at most <paramref name="most"/>.</returns>
    public static int Forget(WriteScope scope, DateTimeOffset before, int most) =>
        scope.Execute(
            """
            DELETE FROM open311_reporters WHERE subject IN
              (SELECT subject FROM open311_reporters WHERE received_ms < @before ORDER BY received_ms LIMIT @most)
            """, new { before = before.ToUnixTimeMilliseconds(), most });

    public static void SaveLinks(WriteScope scope, string subject, IReadOnlyList<string> links)
    {
        for (var n = 0; n < links.Count; n++)
            scope.Execute("INSERT INTO open311_links (subject, n, url) VALUES (@subject, @n, @url)", new { subject, n, url = links[n] });
    }

    public static IReadOnlyList<string> Links(DbConnection connection, DbTransaction? transaction, string subject) =>
        connection.Query<string>("SELECT url FROM open311_links WHERE subject=@subject ORDER BY n", new { subject }, transaction).AsList();

    public static void SaveToken(WriteScope scope, string token, string? request, Report report) =>
        scope.Execute(
            """
            INSERT INTO open311_tokens (token, request, service, address, address_id, description, attributes, received_ms)
            VALUES (@token, @request, @Code, @Address, @AddressId, @Description, @attributes, @now)
            """,
            new
            {
                token, request, report.Service.Code, report.Address, report.AddressId, report.Description,
                attributes = JsonSerializer.Serialize(report.Attributes), now = scope.Now.ToUnixTimeMilliseconds(),
            });

    public static WaitingReport? Token(DbConnection connection, DbTransaction? transaction, string token) =>
        connection.QueryFirstOrDefault<TokenRow>($"SELECT {TokenColumns} FROM open311_tokens WHERE token=@token", new { token }, transaction)?.ToReport();

    /// <summary>Reports without a place, the oldest first.</summary>
    public static IReadOnlyList<WaitingReport> Waiting(DbConnection connection, int most) =>
        [.. connection.Query<TokenRow>($"SELECT {TokenColumns} FROM open311_tokens WHERE request IS NULL ORDER BY received_ms, token LIMIT @most", new { most })
            .Select(r => r.ToReport())];

    public static void Place(WriteScope scope, string token, string request) =>
        scope.Execute("UPDATE open311_tokens SET request=@request WHERE token=@token", new { token, request });

    /// <summary>What became of an update that its sender sent before; null when it is new.</summary>
    public static (string OwnId, string Hash)? Update(WriteScope scope, string sender, string request, string updateId) =>
        scope.QueryFirstOrDefault<UpdateRow>(
            "SELECT own_id AS OwnId, hash AS Hash FROM open311_updates WHERE sender=@sender AND request=@request AND update_id=@updateId",
            new { sender, request, updateId }) is { } row ? (row.OwnId, row.Hash) : null;

    public static void SaveUpdate(WriteScope scope, string sender, string request, string updateId, string ownId, string hash) =>
        scope.Execute(
            """
            INSERT INTO open311_updates (sender, request, update_id, own_id, hash, received_ms)
            VALUES (@sender, @request, @updateId, @ownId, @hash, @now)
            """, new { sender, request, updateId, ownId, hash, now = scope.Now.ToUnixTimeMilliseconds() });

    private const string TokenColumns =
        "token AS Token, request AS Request, service AS Service, address AS Address, address_id AS AddressId, description AS Description, attributes AS Attributes, received_ms AS ReceivedMs";

    private sealed class ReporterRow
    {
        public string? Email { get; init; }
        public string? Phone { get; init; }
        public string? FirstName { get; init; }
        public string? LastName { get; init; }
        public string? DeviceId { get; init; }
        public string? AccountId { get; init; }
        public long ReceivedMs { get; init; }

        public Reporter ToReporter() =>
            new() { Email = Email, Phone = Phone, FirstName = FirstName, LastName = LastName, DeviceId = DeviceId, AccountId = AccountId };
    }

    private sealed class TokenRow
    {
        public string Token { get; init; } = "";
        public string? Request { get; init; }
        public string Service { get; init; } = "";
        public string? Address { get; init; }
        public string? AddressId { get; init; }
        public string? Description { get; init; }
        public string Attributes { get; init; } = "{}";
        public long ReceivedMs { get; init; }

        public WaitingReport ToReport() => new(
            Token, Request, Service, Address, AddressId, Description,
            JsonSerializer.Deserialize<SortedDictionary<string, string>>(Attributes) ?? [], DateTimeOffset.FromUnixTimeMilliseconds(ReceivedMs));
    }

    private sealed class UpdateRow
    {
        public string OwnId { get; init; } = "";
        public string Hash { get; init; } = "";
    }
}
