using System.Globalization;
using ThreeOneOne.Field.Hub.Tests.Sites;
using ThreeOneOne.Field.Hub.WorkOrders;
using ThreeOneOne.Field.Wire;
using Xunit.Abstractions;

namespace ThreeOneOne.Field.Hub.Tests.WorkOrders;

/// <summary>
/// A real spring of two pothole trucks: 6,316 fills. The file is not ours to give: FIELD_DATA names the folder that holds
/// <c>syracuse/</c>; without it this is skipped.
/// </summary>
public sealed class SyracuseTests(ITestOutputHelper output)
{
    [SyracuseFact]
    [Trait("Data", "Real")]
    public async Task A_trucks_day_is_few_orders_with_many_points()
    {
        var sample = new Sample();
        var fills = SyracuseFact.Read();
        var start = fills[0].At;
        await using var hub = await WorkHub.StartAsync();
        var records = fills.Select((f, i) => sample.Action(
            f.Truck, (f.At - Sample.Start).TotalMinutes, new CrewAction { Id = $"f{i}", Kind = CrewActionKind.FixedHere, Service = "pothole", At = f.Place }, crew: f.Truck)).ToArray();
        foreach (var day in records.Chunk(500)) await hub.ApplyAsync(day);

        var orders = await hub.Database.ReadAsync(c => OrderReading.Page(c, new OrderFilter { Limit = 10_000 }), default);
        var days = fills.GroupBy(f => (f.Truck, Day: f.Local.AddHours(-4).Date)).ToList();
        var perDay = orders.Select(o => o.Number).Count() / (double)days.Count;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{fills.Count} fills on {days.Count} truck-days: {orders.Count} orders, {perDay:0.0} a truck-day, {orders.Sum(o => o.Points) / (double)orders.Count:0.0} points an order"));
        Assert.Equal(fills.Count, orders.Sum(o => o.Points));
        Assert.All(orders, o => Assert.Equal(("field-complete", true, 0, false), (o.State, o.ByCrew, o.Visits, o.Far)));
        Assert.True(perDay < 10, $"{perDay} orders a truck-day");
        var figures = await hub.Database.ReadAsync(c => OrderReading.Figures(c, start.AddDays(-1), start.AddDays(200)), default);
        Assert.Equal((0, 0, orders.Count), (figures[0].Done, figures[0].WithTarget, (int)figures[0].FixedOnTheSpot));
    }
}

/// <summary>Skipped by name where the file is absent.</summary>
internal sealed class SyracuseFact : FactAttribute
{
    private static readonly string Folder = Environment.GetEnvironmentVariable("FIELD_DATA") ?? Path.Combine(Support.Repository.Root, "..", "shared", "data");

    private static readonly string File = Path.Combine(Folder, "syracuse", "potholes_filled_2016_apr_jul.csv");

    public SyracuseFact()
    {
        if (!System.IO.File.Exists(File)) Skip = $"needs the fills of Syracuse ({File}); set FIELD_DATA to their folder";
    }

    /// <summary>In order of time. The columns named Latitude and Longitude hold each other's values; times are local, to the minute.</summary>
    public static List<(string Truck, DateTimeOffset At, DateTime Local, GeoPoint Place)> Read()
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");
        var fills = new List<(string, DateTimeOffset, DateTime, GeoPoint)>();
        foreach (var line in System.IO.File.ReadLines(File).Skip(1))
        {
            // Only the place's own words could hold a comma, and they don't.
            var cells = line.Split(',');
            var local = DateTime.Parse(cells[^5], CultureInfo.InvariantCulture);
            fills.Add((cells[^3].ToLowerInvariant(), new DateTimeOffset(local, zone.GetUtcOffset(local)), local,
                new GeoPoint(double.Parse(cells[^1], CultureInfo.InvariantCulture), double.Parse(cells[^2], CultureInfo.InvariantCulture)).Rounded()));
        }

        return [.. fills.OrderBy(f => f.Item2)];
    }
}
