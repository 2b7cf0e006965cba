using System.Data.Common;
using Dapper;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Coverage;

/// <summary>SQL of the streets' hours.</summary>
public static class CoverageStore
{
    private const string Sums =
        """
        CAST(SUM(stretches) AS BIGINT) AS Stretches, CAST(SUM(rough_length_dm) AS BIGINT) AS RoughLengthDm, CAST(SUM(rough_sum) AS BIGINT) AS RoughSum,
        CAST(SUM(rms_sum) AS BIGINT) AS RmsSum, CAST(SUM(shocks) AS BIGINT) AS Shocks, CAST(SUM(potholes) AS BIGINT) AS Potholes,
        CAST(SUM(lamp_passes) AS BIGINT) AS LampPasses, CAST(SUM(lamps_lit) AS BIGINT) AS LampsLit, CAST(SUM(lamps_dark) AS BIGINT) AS LampsDark,
        CAST(SUM(lux_sum) AS BIGINT) AS LuxSum
        """;

    public static void Add(WriteScope scope, string segment, long hourMs, StreetSums sums) =>
        scope.Execute(
            """
            INSERT INTO street_hours (segment, hour_ms, stretches, rough_length_dm, rough_sum, rms_sum, shocks, potholes, lamp_passes, lamps_lit, lamps_dark, lux_sum, unsent)
            VALUES (@segment, @hourMs, @Stretches, @RoughLengthDm, @RoughSum, @RmsSum, @Shocks, @Potholes, @LampPasses, @LampsLit, @LampsDark, @LuxSum, 1)
            ON CONFLICT (segment, hour_ms) DO UPDATE SET
              stretches=street_hours.stretches+excluded.stretches, rough_length_dm=street_hours.rough_length_dm+excluded.rough_length_dm,
              rough_sum=street_hours.rough_sum+excluded.rough_sum, rms_sum=street_hours.rms_sum+excluded.rms_sum,
              shocks=street_hours.shocks+excluded.shocks, potholes=street_hours.potholes+excluded.potholes,
              lamp_passes=street_hours.lamp_passes+excluded.lamp_passes, lamps_lit=street_hours.lamps_lit+excluded.lamps_lit,
              lamps_dark=street_hours.lamps_dark+excluded.lamps_dark, lux_sum=street_hours.lux_sum+excluded.lux_sum, unsent=1
            """,
            new
            {
                segment, hourMs, sums.Stretches, sums.RoughLengthDm, sums.RoughSum, sums.RmsSum, sums.Shocks, sums.Potholes, sums.LampPasses, sums.LampsLit,
                sums.LampsDark, sums.LuxSum,
            });

    /// <summary>What each segment that was sensed between two times holds, and the last hours in which its road and its lights were.</summary>
    public static Dictionary<string, SegmentCoverage> Between(DbConnection connection, DateTimeOffset from, DateTimeOffset to) =>
        connection.Query<Row>(
                $"""
                 SELECT segment AS Segment, {Sums},
                   MAX(CASE WHEN stretches + shocks > 0 THEN hour_ms END) AS LastRoadMs, MAX(CASE WHEN lamp_passes > 0 THEN hour_ms END) AS LastLampMs
                 FROM street_hours WHERE hour_ms >= @from AND hour_ms < @to GROUP BY segment
                 """,
                new { from = from.ToUnixTimeMilliseconds(), to = to.ToUnixTimeMilliseconds() })
            .ToDictionary(r => r.Segment, r => new SegmentCoverage(r.ToSums(), Time(r.LastRoadMs), Time(r.LastLampMs)), StringComparer.Ordinal);

    /// <summary>Hours that changed since the time series had them, oldest first.</summary>
    public static List<StreetHour> Unsent(DbConnection connection, int most) =>
        [.. connection.Query<Row>(
                """
                SELECT segment AS Segment, hour_ms AS HourMs, stretches AS Stretches, rough_length_dm AS RoughLengthDm, rough_sum AS RoughSum, rms_sum AS RmsSum,
                  shocks AS Shocks, potholes AS Potholes, lamp_passes AS LampPasses, lamps_lit AS LampsLit, lamps_dark AS LampsDark, lux_sum AS LuxSum
                FROM street_hours WHERE unsent = 1 ORDER BY hour_ms, segment LIMIT @most
                """,
                new { most })
            .Select(r => new StreetHour(r.Segment, DateTimeOffset.FromUnixTimeMilliseconds(r.HourMs), r.ToSums()))];

    /// <summary>Marks what the time series has; what was added to meanwhile stays unsent.</summary>
    public static void MarkSent(WriteScope scope, StreetHour hour) =>
        scope.Execute(
            "UPDATE street_hours SET unsent = 0 WHERE segment = @Segment AND hour_ms = @hourMs AND stretches + shocks + lamp_passes = @observations",
            new { hour.Segment, hourMs = hour.Hour.ToUnixTimeMilliseconds(), observations = hour.Sums.Observations });

    /// <summary>Removes a slice of the hours before a time.</summary>
    /// <returns>Rows that went.</returns>
    public static int RemoveBefore(WriteScope scope, DateTimeOffset before, int most) =>
        scope.Execute(
            """
            DELETE FROM street_hours WHERE (segment, hour_ms) IN
              (SELECT segment, hour_ms FROM street_hours WHERE hour_ms < @before ORDER BY hour_ms, segment LIMIT @most)
            """,
            new { before = before.ToUnixTimeMilliseconds(), most });

    private static DateTimeOffset? Time(long? ms) => ms is { } value ? DateTimeOffset.FromUnixTimeMilliseconds(value) : null;

    private sealed class Row
    {
        public string Segment { get; init; } = "";

        public long HourMs { get; init; }

        public long Stretches { get; init; }

        public long RoughLengthDm { get; init; }

        public long RoughSum { get; init; }

        public long RmsSum { get; init; }

        public long Shocks { get; init; }

        public long Potholes { get; init; }

        public long LampPasses { get; init; }

        public long LampsLit { get; init; }

        public long LampsDark { get; init; }

        public long LuxSum { get; init; }

        public long? LastRoadMs { get; init; }

        public long? LastLampMs { get; init; }

        public StreetSums ToSums() => new()
        {
            Stretches = Stretches, RoughLengthDm = RoughLengthDm, RoughSum = RoughSum, RmsSum = RmsSum, Shocks = Shocks, Potholes = Potholes,
            LampPasses = LampPasses, LampsLit = LampsLit, LampsDark = LampsDark, LuxSum = LuxSum,
        };
    }
}
