using System.Data.Common;
using Dapper;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tests.Storage;

namespace ThreeOneOne.Field.Hub.Tests.Access;

public sealed class AuditTests
{
    [Theory]
    [InlineData("DELETE FROM audit WHERE id=2")]
    [InlineData("UPDATE audit SET detail='other' WHERE id=2")]
    [InlineData("INSERT INTO audit SELECT 2, at_ms, actor_kind, actor, actor_name, role, action, subject, 'other', hash FROM audit WHERE id=2 ON CONFLICT (id) DO UPDATE SET detail='other'")]
    [InlineData("INSERT INTO audit SELECT 7, at_ms, actor_kind, actor, actor_name, role, action, subject, 'other', hash FROM audit WHERE id=2")]
    [InlineData("TRUNCATE audit")]
    [InlineData("INSERT OR REPLACE INTO audit SELECT 2, at_ms, actor_kind, actor, actor_name, role, action, subject, 'other', hash FROM audit WHERE id=2")]
    public async Task The_database_refuses_to_change_what_was_written(string sql)
    {
        await using var hub = await WrittenAsync();
        await Assert.ThrowsAnyAsync<DbException>(() => hub.Database.WriteAsync(s => { s.Execute(sql); }, WritePriority.Interactive, default));
        Assert.Null(await hub.Database.ReadAsync(Audit.Verify, default));
    }

    [Theory]
    [InlineData("DELETE FROM audit WHERE id=2", 2)]
    [InlineData("UPDATE audit SET detail='other' WHERE id=3", 3)]
    [InlineData("DELETE FROM audit WHERE id=4", 4)]
    public async Task A_row_removed_behind_the_triggers_back_shows(string sql, int at)
    {
        await using var hub = await WrittenAsync();
        await hub.Database.WriteAsync(s =>
        {
            s.Execute(TestStorage.IsPostgres
                ? "DROP TRIGGER audit_keeps_rows ON audit; DROP TRIGGER audit_keeps_text ON audit"
                : "DROP TRIGGER audit_keeps_rows; DROP TRIGGER audit_keeps_text");
            s.Execute(sql);
        }, WritePriority.Interactive, default);
        Assert.Equal(at, await hub.Database.ReadAsync(Audit.Verify, default));
    }

    [Fact]
    public async Task It_is_read_by_pages_newest_first()
    {
        await using var hub = await WrittenAsync();
        using var program = hub.WithKey(await hub.KeyAsync("supervisor"));
        var seen = new List<long>();
        long? next = null;
        do
        {
            var page = await (await program.FetchAsync($"/api/audit?limit=2&cursor={next ?? long.MaxValue}")).JsonAsync();
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetInt64()));
            next = page.TryGetProperty("next", out var n) && n.ValueKind == System.Text.Json.JsonValueKind.Number ? n.GetInt64() : null;
        }
        while (next is not null);

        Assert.Equal(5, seen.Count);
        Assert.Equal(seen.OrderDescending(), seen);
        Assert.True((await (await program.FetchAsync("/api/audit/check")).JsonAsync()).GetProperty("whole").GetBoolean());
    }

    /// <summary>A hub with four entries: two of the first administrator, two of ours.</summary>
    private static async Task<AccessHost> WrittenAsync()
    {
        var hub = await AccessHost.StartAsync();
        for (var i = 0; i < 2; i++)
            await hub.Database.WriteAsync(s => Audit.Write(s, Actor.Console, "test.write", $"{i}", "é “quoted”"), WritePriority.Interactive, default);
        Assert.Equal(4, await hub.Database.ReadAsync(c => c.ExecuteScalar<int>("SELECT COUNT(*) FROM audit"), default));
        return hub;
    }
}
