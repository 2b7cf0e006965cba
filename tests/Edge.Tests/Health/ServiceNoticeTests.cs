using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using ThreeOneOne.Field.Agent.Health;
using ThreeOneOne.Field.Agent.Outbox;
using ThreeOneOne.Field.Agent.Positioning;

namespace ThreeOneOne.Field.Edge.Tests.Health;

public sealed class ServiceNoticeTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Socket manager = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { ReceiveTimeout = 120_000 };
    private readonly CancellationTokenSource stop = new(TimeSpan.FromMinutes(5));

    public void Dispose()
    {
        stop.Dispose();
        manager.Dispose();
        folder.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_is_said_arrives_by_a_path_and_by_an_abstract_name(bool isAbstract)
    {
        using var notice = ServiceNotice.Open(Bind(isAbstract))!;
        notice.Ready();
        notice.Status("connected\nREADY=1");
        notice.Alive();
        notice.Stopping();
        Assert.Equal(["READY=1", "STATUS=connected READY=1", "WATCHDOG=1", "STOPPING=1"], [Heard(), Heard(), Heard(), Heard()]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("@")]
    [InlineData("vsock:2:1234")]
    [InlineData("relative")]
    public void Without_a_manager_nothing_is_opened(string? address) => Assert.Null(ServiceNotice.Open(address));

    [Theory]
    [InlineData("30000000", "", 30.0)]
    [InlineData("30000000", "1", null)]
    [InlineData("0", null, null)]
    [InlineData("-5", null, null)]
    [InlineData("soon", null, null)]
    [InlineData(null, null, null)]
    public void The_managers_time_is_taken_when_it_is_ours(string? micros, string? process, double? seconds)
    {
        using var notice = ServiceNotice.Open("@nobody", micros, process)!;
        Assert.Equal(seconds, notice.Watchdog?.TotalSeconds);
    }

    [Fact]
    public void A_manager_that_is_gone_or_takes_nothing_costs_nothing()
    {
        using var notice = ServiceNotice.Open(folder["nobody"])!;
        notice.Alive();
        using var full = ServiceNotice.Open(Bind(false))!;
        for (var i = 0; i < 10_000; i++) full.Alive();
    }

    [Fact]
    public async Task The_watchdog_is_told_while_work_goes_on_and_not_while_it_stands_still()
    {
        using var notice = ServiceNotice.Open(Bind(true), "400000")!;
        string? stuck = null;
        var running = new Watchdog(notice, () => stuck, () => "connected", TimeProvider.System, NullLogger.Instance).RunAsync(stop.Token);
        Assert.Equal("READY=1", Heard());
        Assert.Equal("WATCHDOG=1", Heard());
        Assert.Equal("STATUS=connected", Heard());
        Assert.Equal("WATCHDOG=1", Heard());
        stuck = "the outbox has committed nothing";
        while (Heard() != "STATUS=the outbox has committed nothing")
        {
        }

        for (var i = 0; i < 5; i++) Assert.Equal("STATUS=the outbox has committed nothing", Heard());
        stuck = null;
        while (Heard() != "WATCHDOG=1")
        {
        }

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public void An_outbox_that_commits_nothing_that_waits_and_a_loop_that_does_not_turn_stand_still()
    {
        var time = new HandTime();
        var writing = new OutboxWriting(0, 0);
        long? turns = 1;
        long? taken = null;
        var progress = new Progress(
            () => writing,
            new Dictionary<string, Func<SourceHealth>> { ["motion"] = () => new SourceHealth(SourceState.Missing) { Turns = turns }, ["position"] = () => new SourceHealth(SourceState.Missing) },
            () => taken,
            TimeSpan.FromSeconds(15),
            time);
        string? After(int seconds)
        {
            time.Advance(TimeSpan.FromSeconds(seconds));
            return progress.Stuck();
        }

        Assert.Null(progress.Stuck());
        turns++;
        // Nothing waits: a parked vehicle.
        Assert.Null(After(600));
        (writing, turns) = (new OutboxWriting(0, 3), 3);
        Assert.Null(After(10));
        turns++;
        Assert.Null(After(10));
        turns++;
        Assert.Equal("the outbox has committed nothing for 20 s, 3 records wait", After(10));
        (writing, turns) = (new OutboxWriting(1, 3), 6);
        Assert.Null(After(1));
        writing = default;
        Assert.Null(After(10));
        Assert.Equal("the loop of 'motion' has not turned for 20 s", After(10));
        (turns, taken) = (null, 7);
        Assert.Null(After(60));
        Assert.Equal("sensing has taken no reading for 16 s", After(16));
        taken = null;
        Assert.Null(After(60));
    }

    private string Bind(bool isAbstract)
    {
        var name = isAbstract ? $"@field-test-{Guid.NewGuid():N}" : folder["notify"];
        manager.Bind(new UnixDomainSocketEndPoint(isAbstract ? $"\0{name[1..]}" : name));
        return name;
    }

    private string Heard()
    {
        var bytes = new byte[2048];
        return Encoding.UTF8.GetString(bytes, 0, manager.Receive(bytes));
    }

    private sealed class HandTime : TimeProvider
    {
        private long now = 1;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => now;

        public void Advance(TimeSpan by) => now += by.Ticks;
    }
}
