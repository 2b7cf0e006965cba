using System.Data.Common;
using Dapper;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.StreetLights;

/// <summary>SQL of what is known of street lights.</summary>
public static class StreetLightStore
{
    private const string Columns = "pole AS Pole, state AS State, usual AS Usual, passes AS Passes, last_ms AS LastMs, told_ms AS ToldMs, doubt AS Doubt";

    public static void Save(WriteScope scope, PoleReading reading) =>
        scope.Execute(
            """
            INSERT INTO street_light_states (pole, state, usual, passes, last_ms, told_ms, doubt)
            VALUES (@Pole, @State, @Usual, @Passes, @LastMs, @ToldMs, @Doubt)
            ON CONFLICT (pole) DO UPDATE SET state=excluded.state, usual=excluded.usual, passes=excluded.passes,
              last_ms=excluded.last_ms, told_ms=excluded.told_ms, doubt=excluded.doubt
            """,
            new { reading.Pole, State = (int)reading.State, reading.Usual, reading.Passes, reading.LastMs, reading.ToldMs, Doubt = (int?)reading.Doubt });

    /// <summary>The state of each light that a vehicle passed, also of lights that have left the inventory.</summary>
    public static Dictionary<string, PoleState> States(DbConnection connection) =>
        connection.Query<(string Pole, int State)>("SELECT pole, state FROM street_light_states").ToDictionary(r => r.Pole, r => (PoleState)r.State, StringComparer.Ordinal);

    public static PoleReading? Find(DbConnection connection, string pole) =>
        connection.QueryFirstOrDefault<Row>($"SELECT {Columns} FROM street_light_states WHERE pole=@pole", new { pole })?.ToReading();

    /// <summary>Lights that some pass could judge since then.</summary>
    public static HashSet<string> ToldSince(DbConnection connection, long sinceMs) =>
        [.. connection.Query<string>("SELECT pole FROM street_light_states WHERE told_ms>=@sinceMs", new { sinceMs })];

    private sealed class Row
    {
        public string Pole { get; init; } = "";

        public long State { get; init; }

        public double Usual { get; init; }

        public long Passes { get; init; }

        public long LastMs { get; init; }

        public long ToldMs { get; init; }

        public long? Doubt { get; init; }

        public PoleReading ToReading() => new(Pole, (PoleState)State, Usual, (int)Passes, LastMs, ToldMs, (LampDoubt?)Doubt);
    }
}
