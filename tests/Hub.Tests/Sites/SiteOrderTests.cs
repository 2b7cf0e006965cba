using Dapper;
using ThreeOneOne.Field.Hub.Assets;
using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.Sites;

public sealed class SiteOrderTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Any_order_and_batching_of_one_set_gives_the_same_bits(int seed)
    {
        var random = new Random(seed);
        var records = City(random);
        var expected = await SitesAfterAsync([records]);
        Assert.Contains(expected, s => s.Contains("pothole:", StringComparison.Ordinal) && s.Contains("|1|", StringComparison.Ordinal));
        Assert.Contains(expected, s => s.Contains("lamp:", StringComparison.Ordinal) && s.Contains("|1|", StringComparison.Ordinal));
        for (var round = 0; round < 4; round++)
        {
            var shuffled = records.ToArray();
            random.Shuffle(shuffled);
            var batches = new List<StoredRecord[]>();
            for (var i = 0; i < shuffled.Length;)
            {
                var size = random.Next(1, 25);
                batches.Add(shuffled[i..Math.Min(i + size, shuffled.Length)]);
                i += size;
            }

            Assert.Equal(expected, await SitesAfterAsync(batches));
        }
    }

    /// <summary>Two hours of six vehicles over one street: holes 9 to 30 m apart, a casting, lamps, some dark.</summary>
    private static StoredRecord[] City(Random random)
    {
        var sample = new Sample();
        var records = new List<StoredRecord>();
        double[] holes = [0, 9, 30, 41, 70, 78, 86];
        for (var pass = 0; pass < 24; pass++)
        {
            var vehicle = $"v{random.Next(6)}";
            var minute = random.Next(0, 240) * 0.5;
            foreach (var hole in holes.Where(_ => random.NextDouble() < 0.6))
            {
                var kind = random.NextDouble() switch { < 0.75 => ShockKind.Pothole, < 0.9 => ShockKind.Unknown, _ => ShockKind.Casting };
                records.Add(sample.Shock(vehicle, minute + hole / 600, Noisy(hole, random), random.NextDouble(), kind, 4 + random.NextDouble() * 8));
            }

            if (random.NextDouble() < 0.5) records.Add(sample.Stretch(vehicle, minute, Sample.Origin.MovedByM(-10, 1), Sample.Origin.MovedByM(95, -1)));
            for (var lamp = 0; lamp < 5; lamp++)
            {
                var verdict = lamp < 2 && random.NextDouble() < 0.9 ? LampVerdict.Dark : LampVerdict.Lit;
                records.Add(sample.Lamp(vehicle, minute, $"p{lamp}", Pole(lamp), verdict, random.NextDouble()));
            }
        }

        return [.. records];
    }

    private static GeoPoint Noisy(double east, Random random) =>
        Sample.Origin.MovedByM(east + (random.NextDouble() - 0.5) * 9, (random.NextDouble() - 0.5) * 9).Rounded();

    private static GeoPoint Pole(int lamp) => Sample.Origin.MovedByM(lamp * 25, 6);

    private static async Task<List<string>> SitesAfterAsync(IEnumerable<StoredRecord[]> batches)
    {
        await using var hub = new DomainHub();
        hub.Poles.Replace([.. Enumerable.Range(0, 5).Select(i => new StreetLight($"p{i}", Pole(i), "City", null, null, 1, null))]);
        foreach (var batch in batches) await hub.ApplyAsync(batch);
        return await hub.Database.ReadAsync(c => c.Query<string>(
            """
            SELECT id || '|' || supported || '|' || printf('%!.20e', belief) || '|' || printf('%!.20e', lat) || '|' || printf('%!.20e', lon)
              || '|' || passes_for || '|' || passes_against || '|' || printf('%!.20e', severity) || '|' || first_ms || '|' || last_ms
              || '|' || coalesce(tipped, '-') || '|' || (SELECT group_concat(k) FROM (SELECT vehicle || seq AS k FROM observations o WHERE o.site = s.id ORDER BY vehicle, seq))
            FROM (SELECT * FROM sites ORDER BY id) s
            UNION ALL SELECT id || '|' || supported || '|' || printf('%!.20e', belief) || '|' || passes_for || '|' || passes_against || '|' || coalesce(tipped, '-')
            FROM sites WHERE kind = 'lamp'
            """).Where(s => s is not null).Order(StringComparer.Ordinal).ToList(), default);
    }
}
