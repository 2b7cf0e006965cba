using System.Data.Common;
using Dapper;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Automation;

/// <summary>SQL of what was chosen for each service and district, of what crews found there, and of each day's count.</summary>
public static class AutomationStore
{
    private const string Columns = "service AS Service, district AS District, mode AS Mode, cap AS Cap, fell_back_ms AS FellBackMs, changed_ms AS ChangedMs, changed_by AS ChangedBy";

    public static Area? Find(DbConnection connection, DbTransaction? transaction, string service, string district) =>
        connection.QueryFirstOrDefault<AreaRow>(
            $"SELECT {Columns} FROM automation_areas WHERE service=@service AND district=@district", new { service, district }, transaction)?.ToArea();

    public static IReadOnlyList<Area> All(DbConnection connection) =>
        [.. connection.Query<AreaRow>($"SELECT {Columns} FROM automation_areas ORDER BY service, district").Select(r => r.ToArea())];

    public static void Save(WriteScope scope, Area area) =>
        scope.Execute(
            """
            INSERT INTO automation_areas (service, district, mode, cap, fell_back_ms, changed_ms, changed_by)
            VALUES (@Service, @District, @Mode, @Cap, @FellBackMs, @ChangedMs, @ChangedBy)
            ON CONFLICT (service, district) DO UPDATE SET mode=excluded.mode, cap=excluded.cap, fell_back_ms=excluded.fell_back_ms,
              changed_ms=excluded.changed_ms, changed_by=excluded.changed_by
            """,
            new { area.Service, area.District, Mode = area.Mode.ToString().ToLowerInvariant(), area.Cap, area.FellBackMs, area.ChangedMs, area.ChangedBy });

    /// <summary>What a crew's order found; nothing when it no longer says anything.</summary>
    public static void SetLabel(WriteScope scope, string order, Proposal proposal, Label? label, long atMs)
    {
        if (label is not { } found)
        {
            scope.Execute("DELETE FROM field_labels WHERE source=@order", new { order });
            return;
        }

        scope.Execute(
            """
            INSERT INTO field_labels (source, request, service, district, label, at_ms) VALUES (@order, @Request, @Service, @District, @label, @atMs)
            ON CONFLICT (source) DO UPDATE SET label=excluded.label, at_ms=excluded.at_ms
            """,
            new { order, proposal.Request, proposal.Service, proposal.District, label = Word(found), atMs });
    }

    public static Label? LabelOf(WriteScope scope, string order) =>
        scope.QueryFirstOrDefault<string>("SELECT label FROM field_labels WHERE source=@order", new { order }) is { } word ? Read(word) : null;

    /// <summary>The newest inspections that say whether the sensor was right, and others' defects of the same time.</summary>
    public static (Precision Precision, long SinceMs) Newest(DbConnection connection, DbTransaction? transaction, string service, string district, int most)
    {
        // A request that several orders looked at was inspected once: the last word counts.
        const string last =
            "service=@service AND district=@district AND NOT EXISTS (SELECT 1 FROM field_labels n WHERE n.request=l.request AND (n.at_ms, n.source) > (l.at_ms, l.source))";
        var newest = connection.Query<(string Label, long AtMs)>(
            $"SELECT label, at_ms FROM field_labels l WHERE {last} AND label <> 'other-owner' ORDER BY at_ms DESC, source DESC LIMIT @most",
            new { service, district, most }, transaction).AsList();
        var since = newest.Count > 0 ? newest[^1].AtMs : 0;
        var others = connection.QuerySingle<long>(
            $"SELECT COUNT(*) FROM field_labels l WHERE {last} AND label='other-owner' AND at_ms >= @since", new { service, district, since }, transaction);
        return (Precision.Of(newest.Select(n => Read(n.Label))) with { OtherOwner = (int)others }, since);
    }

    /// <summary>Takes one of a day's share of a district.</summary>
    /// <returns>False when it is used up.</returns>
    public static bool TakeShare(WriteScope scope, string service, string district, int day, int cap) =>
        scope.Execute(
            """
            INSERT INTO automation_days (service, district, day, opened) VALUES (@service, @district, @day, 1)
            ON CONFLICT (service, district, day) DO UPDATE SET opened=automation_days.opened+1 WHERE automation_days.opened < @cap
            """, new { service, district, day, cap }) > 0;

    /// <summary>What each service and district has had of a day.</summary>
    public static IReadOnlyDictionary<(string Service, string District), int> Opened(DbConnection connection, int day) =>
        connection.Query<(string Service, string District, long N)>("SELECT service, district, opened FROM automation_days WHERE day=@day", new { day })
            .ToDictionary(r => (r.Service, r.District), r => (int)r.N);

    private static string Word(Label label) => label switch
    {
        Label.Confirmed => "confirmed",
        Label.NotFound => "not-found",
        Label.OtherDefect => "other-defect",
        _ => "other-owner",
    };

    private static Label Read(string word) => word switch
    {
        "confirmed" => Label.Confirmed,
        "not-found" => Label.NotFound,
        "other-defect" => Label.OtherDefect,
        _ => Label.OtherOwner,
    };

    private sealed class AreaRow
    {
        public string Service { get; init; } = "";

        public string District { get; init; } = "";

        public string Mode { get; init; } = "";

        public long? Cap { get; init; }

        public long? FellBackMs { get; init; }

        public long ChangedMs { get; init; }

        public string ChangedBy { get; init; } = "";

        public Area ToArea() => new(Service, District, Enum.Parse<AutomationMode>(Mode, ignoreCase: true), (int?)Cap, FellBackMs, ChangedMs, ChangedBy);
    }
}
