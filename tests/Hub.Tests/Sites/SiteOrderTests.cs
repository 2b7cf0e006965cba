using Dapper;
using ThreeOneOne.Field.Hub.Assets;
using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Sites;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.Sites;

public sealed class SiteOrderTests
{
    [Theory]
    [InlineData(1, 64)]
    [InlineData(2, 64)]
    [InlineData(3, 64)]
    // So few that most of what is known no longer counts.
    [InlineData(4, 16)]
    [InlineData(5, 16)]
    [InlineData(6, 16)]
    public async Task Any_order_and_batching_of_one_set_gives_the_same_bits(int seed, int mostEvidence)
    {
        var random = new Random(seed);
        var records = City(random);
        var expected = await SitesAfterAsync([records], mostEvidence);
        Assert.Contains(expected, s => s.Contains("pothole:", StringComparison.Ordinal) && s.Contains("Supported = True", StringComparison.Ordinal));
        Assert.Contains(expected, s => s.Contains("lamp:", StringComparison.Ordinal) && s.Contains("Supported = True", StringComparison.Ordinal));
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

            Assert.Equal(expected, await SitesAfterAsync(batches, mostEvidence));
        }
    }

    [Fact]
    public async Task What_is_looked_at_of_a_place_is_bounded_and_of_one_time()
    {
        await using var hub = new DomainHub(sites: new SitesOptions { MostEvidence = 16 });
        var sample = new Sample();
        // Felt at first by everybody, then for long by one in four.
        await hub.ApplyAsync([.. Enumerable.Range(0, 200).Select(i => sample.Shock($"v{i % 7}", i * 30, Sample.Origin))]);
        await hub.ApplyAsync([.. Enumerable.Range(0, 200).Select(i => i % 4 == 0
            ? sample.Shock($"v{i % 7}", 9_000 + i * 30, Sample.Origin)
            : sample.Stretch($"v{i % 7}", 9_000 + i * 30, Sample.Origin.MovedByM(-40, 0), Sample.Origin.MovedByM(40, 0)))]);
        var site = await hub.Database.ReadAsync(c => SiteStore.Find(c, c.QuerySingle<string>("SELECT id FROM sites")), default);
        var evidence = await hub.Database.ReadAsync(c => SiteEvidence.Read(c, [site!.Id], 1_000, hub.Get<RoadStructureIndex>(), hub.Get<SitesOptions>()), default);
        Assert.InRange(evidence.Count, 16, 32);
        Assert.Equal(site!.For + site.Against, evidence.Count);
        Assert.InRange(site.Against, 2 * site.For, 4 * site.For);
        Assert.All(evidence, e => Assert.True(e.FixTime > Sample.Start.AddMinutes(9_000)));
    }

    [Fact]
    public async Task A_stretch_across_a_continent_is_nobodys_drive()
    {
        await using var hub = new DomainHub();
        await hub.ApplyAsync(new Sample().Stretch("v1", 0, Sample.Origin, new GeoPoint(51.5, -0.1)));
        Assert.Empty(await hub.SitesAsync());
    }

    /// <summary>Two hours of six vehicles over two streets that meet: holes 9 to 30 m apart, a casting, lamps, some dark.</summary>
    private static StoredRecord[] City(Random random)
    {
        var sample = new Sample();
        var records = new List<StoredRecord>();
        double[] holes = [0, 9, 30, 41, 70, 78, 86];
        for (var pass = 0; pass < 40; pass++)
        {
            var vehicle = $"v{random.Next(6)}";
            var minute = random.Next(0, 240) * 0.5;
            var across = pass % 3 == 0;
            foreach (var hole in holes.Where(_ => random.NextDouble() < 0.6))
            {
                var kind = random.NextDouble() switch { < 0.75 => ShockKind.Pothole, < 0.9 => ShockKind.Unknown, _ => ShockKind.Casting };
                records.Add(sample.Shock(vehicle, minute + hole / 600, Noisy(hole, across, random), random.NextDouble(), kind, 4 + random.NextDouble() * 8));
            }

            if (random.NextDouble() < 0.5) records.Add(sample.Stretch(vehicle, minute, Along(-10, 1, across), Along(95, -1, across)));
            for (var lamp = 0; lamp < 5; lamp++)
            {
                var verdict = lamp < 2 && random.NextDouble() < 0.9 ? LampVerdict.Dark : LampVerdict.Lit;
                records.Add(sample.Lamp(vehicle, minute, $"p{lamp}", Pole(lamp), verdict, random.NextDouble()));
            }
        }

        return [.. records];
    }

    private static GeoPoint Noisy(double along, bool across, Random random) =>
        Along(along + (random.NextDouble() - 0.5) * 9, (random.NextDouble() - 0.5) * 9, across).Rounded();

    private static GeoPoint Along(double along, double beside, bool across) =>
        across ? Sample.Origin.MovedByM(20 + beside, along - 30) : Sample.Origin.MovedByM(along, beside);

    private static GeoPoint Pole(int lamp) => Sample.Origin.MovedByM(lamp * 25, 6);

    private static async Task<List<string>> SitesAfterAsync(IEnumerable<StoredRecord[]> batches, int mostEvidence)
    {
        await using var hub = new DomainHub(sites: new SitesOptions { MostEvidence = mostEvidence });
        hub.Poles.Replace([.. Enumerable.Range(0, 5).Select(i => new StreetLight($"p{i}", Pole(i), "City", null, null, 1, null))]);
        foreach (var batch in batches) await hub.ApplyAsync(batch);
        return await hub.SitesAsync();
    }
}
