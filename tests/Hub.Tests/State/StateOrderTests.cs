using ThreeOneOne.Field.Hub.Assets;
using ThreeOneOne.Field.Hub.Sites;
using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.State;

/// <summary>Sites, requests and work orders are one function of what was recorded: order, batching, repetition and delay play no part.</summary>
public sealed class StateOrderTests
{
    private static readonly GeoPoint Origin = new(42.37, -71.10);
    private static readonly DateTimeOffset Office = new(2026, 11, 20, 1, 0, 0, TimeSpan.Zero);
    private static readonly string[] Vehicles = ["truck-1", "truck-2", "truck-3"];
    private static readonly string[] Holes = ["hole on the main street", "its neighbour", "fixed on the spot", "has an order", "twice as far"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Whatever_the_arrival_the_state_is_the_same(int seed)
    {
        var random = new Random(seed);
        var records = Day(random);
        List<string> expected;
        await using (var inOrder = await CityState.StartAsync(Plan()))
        {
            foreach (var messages in records.Chunk(8)) await inOrder.ArriveAsync(messages);
            expected = await inOrder.ReadAsync();
        }

        Assert.Contains(expected, s => s.StartsWith("open request on pothole:", StringComparison.Ordinal));
        Assert.Contains(expected, s => s.Contains("field-complete", StringComparison.Ordinal));
        for (var round = 0; round < 2; round++)
        {
            await using var shuffled = await CityState.StartAsync(Plan());
            // Some of it twice, some of it only at the very end, in reads of any size.
            var arriving = records.Concat(records.Where(_ => random.Next(5) == 0)).ToArray();
            random.Shuffle(arriving);
            for (var i = 0; i < arriving.Length;)
            {
                var size = random.Next(1, 40);
                await shuffled.ArriveAsync(arriving[i..Math.Min(i + size, arriving.Length)]);
                if (random.Next(3) == 0) await shuffled.SettleAsync();
                i += size;
            }

            var actual = await shuffled.ReadAsync();
            string[] differ = [.. expected.Except(actual).Select(l => $"in order: {l}"), .. actual.Except(expected).Select(l => $"shuffled: {l}")];
            if (differ.Length > 0) Assert.Fail(string.Join('\n', differ));
            Assert.Equal(expected.Count, actual.Count);
        }
    }

    private static CityState.Plan Plan() => new(
        Office, new SitesOptions { MostEvidence = 24, LampBurnedPasses = 1 },
        [.. Enumerable.Range(0, 4).Select(i => new StreetLight($"p{i}", Pole(i), "City", null, null, 1, null))], Vehicles,
        [("pothole", Hole(3), "c1"), ("street-light-out", Pole(0), "c2"), ("pothole", Origin.MovedByM(0, 400), "c1")]);

    /// <summary>A day of three trucks: what they felt and saw, and what two crews did with three orders and one hole on the spot.</summary>
    private static List<LinkMessage> Day(Random random)
    {
        var sequences = new Dictionary<string, long>();
        var records = new List<(double Minute, LinkMessage Message)>();
        for (var pass = 0; pass < 30; pass++)
        {
            var vehicle = Vehicles[random.Next(Vehicles.Length)];
            var minute = 10 + random.NextDouble() * 900;
            for (var hole = 0; hole < Holes.Length; hole++)
            {
                if (random.NextDouble() < 0.6)
                {
                    var kind = random.NextDouble() < 0.85 ? ShockKind.Pothole : ShockKind.Casting;
                    var at = Hole(hole).MovedByM(random.NextDouble() * 8 - 4, random.NextDouble() * 8 - 4).Rounded();
                    Add(vehicle, minute, r => r with { Shock = new ShockObservation { At = at, Kind = kind, Confidence = random.NextDouble(), PeakMps2 = 8 } });
                }
                else
                {
                    Add(vehicle, minute, r => r with { Roughness = new RoughnessObservation { From = Hole(hole).MovedByM(-20, 0), To = Hole(hole).MovedByM(20, 0) } });
                }
            }

            for (var lamp = 0; lamp < 4; lamp++)
            {
                var verdict = lamp < 2 && random.NextDouble() < 0.8 ? LampVerdict.Dark : LampVerdict.Lit;
                Add(vehicle, minute, r => r with { Lamp = new LampObservation { Pole = $"p{lamp}", At = Pole(lamp), Verdict = verdict, Confidence = random.NextDouble(), PeakLux = 1 } });
            }
        }

        string[] orders = ["wo-26-000001", "wo-26-000002", "wo-26-000003"];
        CrewActionKind[] kinds =
        [
            CrewActionKind.Accept, CrewActionKind.Seen, CrewActionKind.Arrive, CrewActionKind.Start, CrewActionKind.Suspend, CrewActionKind.CannotComplete, CrewActionKind.Complete,
        ];
        for (var i = 0; i < 24; i++)
        {
            var action = new CrewAction { Id = $"a{i}", Kind = kinds[random.Next(kinds.Length)], Order = orders[random.Next(orders.Length)], At = Origin, Reason = "nothing-found" };
            Act(random.Next(2), action);
            if (random.Next(3) == 0) Act(random.Next(2), new CrewAction { Id = $"u{i}", Kind = CrewActionKind.Undo, Undoes = $"a{i}" });
            if (random.Next(9) == 0) Act(random.Next(2), new CrewAction { Id = $"uu{i}", Kind = CrewActionKind.Undo, Undoes = $"u{i}" });
        }

        Act(0, new CrewAction { Id = "spot", Kind = CrewActionKind.FixedHere, Service = "pothole", At = Hole(2) });
        return [.. records.OrderBy(r => r.Minute).Select(r => r.Message)];

        void Act(int crew, CrewAction action) => Add(Vehicles[crew], 10 + random.NextDouble() * 900, r => r with { Action = action, Duty = new Duty($"s{crew}", $"c{crew + 1}", "m1") });

        void Add(string vehicle, double minute, Func<WireRecord, WireRecord> content)
        {
            var seq = sequences[vehicle] = sequences.GetValueOrDefault(vehicle) + 1;
            var at = Office.AddMinutes(minute);
            var record = content(new WireRecord
            {
                Seq = seq, Duty = new Duty("s", "c1", "m1"),
                Stamp = new Stamp { FixTime = at, DeviceTime = at, Boot = "0000b007", MonotonicMs = (long)(minute * 60_000), Clock = ClockSource.Gps },
            });
            records.Add((minute, new LinkMessage(
                new Topic("cambridge-ma", vehicle, Lane.Up).ToString(), Ingest.Sample.Batch(vehicle, Ingest.Sample.Epoch, [Ingest.Sample.Json(record)]), false)));
        }
    }

    private static GeoPoint Hole(int i) => Origin.MovedByM(new[] { 0.0, 14, 60, 110, 38 }[i], 0);

    private static GeoPoint Pole(int i) => Origin.MovedByM(i * 25, 60);
}
