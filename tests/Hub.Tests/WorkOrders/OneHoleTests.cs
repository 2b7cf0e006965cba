using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Tests.Sites;
using ThreeOneOne.Field.Hub.Tests.Tickets;
using ThreeOneOne.Field.Hub.WorkOrders;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.WorkOrders;

/// <summary>Crews that fill one hole which no order names.</summary>
public sealed class OneHoleTests
{
    private const double WithinM = 8;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Of_two_crews_that_fill_one_hole_without_an_order_the_first_counts_and_the_second_is_its_visit(bool lateFirst)
    {
        await using var hub = await WorkHub.StartAsync();
        StoredRecord first = Fill(new Sample(), 10, 1, 0, "a"), second = Fill(new Sample(), 25, 2, 4, "b");
        foreach (var record in lateFirst ? new[] { second, first } : [first, second]) await hub.ApplyAsync(record);
        var order = Assert.Single(await hub.OrdersAsync(), o => o.State != "cancelled");
        Assert.Equal(("field-complete", "c1", 1, 1), (order.State, order.Crew, order.Points, order.Visits));
        var visit = Assert.Single((await hub.StoryAsync(order.Id)).Visits);
        Assert.Equal(("c2", "b"), (visit.Crew, visit.Action));
        // One hole, one request: what the late one had opened is withdrawn.
        Assert.Equal(order.Request, Assert.Single(await hub.RequestsAsync(), r => r.Status == "closed").Number);
        Assert.All((await hub.RequestsAsync()).Where(r => r.Status != "closed"), r => Assert.Equal("withdrawn", r.Status));
        var figures = Assert.Single(await hub.Database.ReadAsync(c => OrderReading.Figures(c, Sample.Start, Sample.Start.AddDays(1)), default));
        Assert.Equal((0, 1, 1), (figures.Done, figures.FixedOnTheSpot, figures.Points));
    }

    [Fact]
    public async Task When_the_first_crew_takes_its_fill_back_the_second_one_counts_until_that_is_taken_back_too()
    {
        await using var hub = await WorkHub.StartAsync();
        var sample = new Sample();
        await hub.ApplyAsync(Fill(sample, 10, 1, 0, "a"), Fill(sample, 25, 2, 4, "b"));
        await hub.ApplyAsync(Undo(sample, 30, 1, "u", "a"));
        Assert.Equal(["c2 field-complete [b] []"], await hub.LiveAsync());
        await hub.ApplyAsync(Undo(sample, 35, 1, "v", "u"));
        Assert.Equal(["c1 field-complete [a] [b]"], await hub.LiveAsync());
        Assert.Single(await hub.RequestsAsync(), r => r.Status == "closed");
    }

    [Fact]
    public async Task Fills_of_another_day_or_farther_apart_than_a_hole_are_holes_of_their_own()
    {
        await using var hub = await WorkHub.StartAsync();
        var sample = new Sample();
        await hub.ApplyAsync(Fill(sample, 10, 1, 0, "a"), Fill(sample, 25, 2, 9, "b"), Fill(sample, 10 + 13 * 60, 2, 0, "c"));
        Assert.Equal(["c1 field-complete [a] []", "c2 field-complete [b] []", "c2 field-complete [c] []"], await hub.LiveAsync());
    }

    [Fact]
    public async Task Crews_that_work_one_street_have_each_a_run_and_what_both_filled_once()
    {
        await using var hub = await WorkHub.StartAsync();
        var sample = new Sample();
        await hub.ApplyAsync(
            [
                Fill(sample, 10, 1, 0, "a1"), Fill(sample, 12, 1, 20, "a2"), Fill(sample, 14, 1, 40, "a3"),
                Fill(sample, 11, 2, 60, "b1"), Fill(sample, 13, 2, 41, "b2"), Fill(sample, 15, 2, 21, "b3"),
            ]);
        Assert.Equal(["c1 field-complete [a1 a2] [b3]", "c2 field-complete [b1 b2] [a3]"], await hub.LiveAsync());
    }

    [Fact]
    public void Which_fill_counts_follows_from_the_set_alone() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500).WithReplay(311, 11), Prop.ForAll(Days().ToArbitrary(), day =>
        {
            var fills = day.Fills.Select((f, i) => new OrderEvent
            {
                Vehicle = $"truck{f.Crew}", Epoch = "e", Seq = i, Kind = OrderEventKind.FixedHere, AtMs = f.Minute * 60_000L, Crew = $"c{f.Crew}", Action = $"f{i}", At = Place(f.EastM),
            }).ToList();
            var undone = day.Undos.Select(u => $"f{u % fills.Count}").ToHashSet();
            var read = OneHole.Read(fills, undone, WithinM, FillRuns.SameJobMs);
            var again = OneHole.Read(Shuffled(fills, day.Seed).Concat(fills.Take(2)), undone, WithinM, FillRuns.SameJobMs);
            var counting = read.Where(r => r.Fill == r.Counts).Select(r => r.Fill).ToList();
            return read.SequenceEqual(again)
                && read.Count == fills.Count(f => !undone.Contains(f.Action!))
                && read.All(r => r.Fill == r.Counts || (IsSame(r.Counts, r.Fill) && OrderEvent.Canonical(r.Counts, r.Fill) < 0 && counting.Contains(r.Counts)))
                && counting.All(f => !counting.Exists(c => IsSame(c, f)));
        }));

    [Fact]
    public void Fills_of_one_street_by_several_crews_give_the_same_work_in_any_order_of_arrival() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(12).WithReplay(311, 13), Prop.ForAll(Days().ToArbitrary(), GivesTheSame));

    private static Property GivesTheSame(Day day)
    {
        // FsCheck waits for nothing.
        var (straight, shuffled) = ArriveAsync(day).GetAwaiter().GetResult();
        return (straight == shuffled).Label($"straight:\n{straight}\nshuffled:\n{shuffled}");
    }

    private static async Task<(string Straight, string Shuffled)> ArriveAsync(Day day)
    {
        var sample = new Sample();
        StoredRecord[] records =
        [
            .. day.Fills.Select((f, i) => Fill(sample, f.Minute, f.Crew, f.EastM, $"f{i}")),
            // What takes a fill back, and sometimes what takes that back.
            .. day.Undos.Select((u, i) => Undo(sample, 1_000 + i, 1, $"u{i}", u % 5 == 0 && i > 0 ? $"u{i - 1}" : $"f{u % day.Fills.Length}")),
        ];
        return (await DayAsync([records]), await DayAsync(Shuffled([.. records], day.Seed).Chunk(1 + (day.Seed % 3))));
    }

    private static async Task<string> DayAsync(IEnumerable<StoredRecord[]> batches)
    {
        await using var hub = await WorkHub.StartAsync();
        foreach (var batch in batches) await hub.ApplyAsync(batch);
        await hub.ReactAsync();
        var requests = (await hub.RequestsAsync()).Where(r => r.Status != "withdrawn").Select(r => r.Status);
        return string.Join('\n', [.. await hub.LiveAsync(), .. requests, $"{await hub.CountAsync("SELECT COUNT(*) FROM order_events")} actions kept"]);
    }

    private static bool IsSame(OrderEvent a, OrderEvent b) => a.Crew != b.Crew && a.At!.Value.DistanceMTo(b.At!.Value) <= WithinM;

    private sealed record Pressed(int Crew, int Minute, int EastM);

    private sealed record Day(Pressed[] Fills, int[] Undos, int Seed)
    {
        public override string ToString() => $"{string.Join(' ', (IEnumerable<Pressed>)Fills)} undos {string.Join(',', Undos)} seed {Seed}";
    }

    // A few metres between holes and GPS errors, so that holes hang together in chains.
    private static Gen<Day> Days() =>
        from fills in Gen.ArrayOf(
            from crew in Gen.Choose(1, 3)
            from minute in Gen.Choose(0, 600)
            from east in Gen.Choose(0, 45)
            select new Pressed(crew, minute, east)).Where(f => f.Length > 0)
        from undos in Gen.ArrayOf(Gen.Choose(0, 50), fills.Length / 3)
        from seed in Gen.Choose(1, 1_000_000)
        select new Day(fills, undos, seed);

    private static List<T> Shuffled<T>(List<T> items, int seed)
    {
        var shuffled = items.ToArray();
        new Random(seed).Shuffle(shuffled);
        return [.. shuffled];
    }

    private static GeoPoint Place(int eastM) => new GeoPoint(42.3695, -71.1010).MovedByM(eastM, 0).Rounded();

    private static StoredRecord Fill(Sample sample, double minute, int crew, int eastM, string id) =>
        sample.Action($"truck{crew}", minute, new CrewAction { Id = id, Kind = CrewActionKind.FixedHere, Service = "pothole", At = Place(eastM) }, $"c{crew}");

    private static StoredRecord Undo(Sample sample, double minute, int crew, string id, string undoes) =>
        sample.Action($"truck{crew}", minute, new CrewAction { Id = id, Kind = CrewActionKind.Undo, Undoes = undoes }, string.Create(CultureInfo.InvariantCulture, $"c{crew}"));
}
