using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Support;
using static ThreeOneOne.Field.Edge.Tests.Link.LinkTest;

namespace ThreeOneOne.Field.Edge.Tests.Link;

/// <summary>The time at which the broker's certificate is verified is the caller's, and nothing else is given up for it.</summary>
public sealed class TlsTimeTests : IDisposable
{
    private static readonly DateTimeOffset From = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Until = new(2027, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TestCertificates certificates = new();

    public void Dispose() => certificates.Dispose();

    [Theory]
    [InlineData(1, null)]
    [InlineData(400, "certificate has expired")]
    [InlineData(-30, "certificate is not yet valid")]
    public async Task The_certificate_is_held_to_the_time_that_the_caller_gives(int days, string? refusal)
    {
        await using var broker = await BrokerAsync(certificates.ServerFiles(from: From, until: Until));
        await using var link = Start(broker, () => From.AddDays(days));
        var change = await FirstAsync(link.Events(default), _ => true);
        Assert.Equal(refusal is null, change.Connected);
        if (refusal is not null) Assert.Contains(refusal, change.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_good_certificate_that_begins_later_tells_its_time_and_is_taken_at_that_time()
    {
        await using var broker = await BrokerAsync(certificates.ServerFiles(from: From, until: Until));
        var known = From.AddDays(-300);
        var told = new List<DateTimeOffset>();
        await using var link = Start(broker, () => known, begins =>
        {
            told.Add(begins);
            known = begins;
        });
        await FirstAsync(link.Events(default), e => e.Connected);
        Assert.Equal(From, Assert.Single(told));
    }

    [Fact]
    public async Task A_strangers_certificate_or_one_of_another_host_tells_nothing()
    {
        using var theirs = new TestCertificates();
        foreach (var files in new[] { theirs.ServerFiles(from: From, until: Until), certificates.ServerFiles("elsewhere.example", From, Until) })
        {
            await using var broker = await BrokerAsync(files);
            var told = 0;
            await using var link = Start(broker, () => From.AddDays(-300), _ => told++);
            Assert.False((await FirstAsync(link.Events(default), _ => true)).Connected);
            Assert.Equal(0, told);
        }
    }

    [Fact]
    public async Task The_time_is_asked_for_at_every_attempt()
    {
        await using var broker = await BrokerAsync(certificates.ServerFiles(from: From, until: Until));
        var asked = 0;
        await using var link = Start(broker, () => Interlocked.Increment(ref asked) < 3 ? Until.AddDays(1) : From.AddDays(1));
        await FirstAsync(link.Events(default), e => e.Connected);
        Assert.Equal(3, asked);
    }

    private MqttPublisher Start(MosquittoServer broker, Func<DateTimeOffset> at, Action<DateTimeOffset>? beginsLater = null) => MqttPublisher.Start(
        Options(broker.Port, "truck-7") with { Tls = certificates.Client("truck-7") with { VerifyAt = at, BeginsLater = beginsLater } }, TimeProvider.System);

    private static Task<MosquittoServer> BrokerAsync(IReadOnlyDictionary<string, string> files) => MosquittoServer.StartAsync(
        ["cafile {folder}/ca.crt", "certfile {folder}/server.crt", "keyfile {folder}/server.key", "require_certificate true", "use_identity_as_username true"], files);
}
