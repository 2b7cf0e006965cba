using System.Globalization;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Positioning;
using ThreeOneOne.Field.Support;

namespace ThreeOneOne.Field.Kernel.Tests.Inside;

/// <summary>A receiver's pulse: a pin of the kernel's simulator, the kernel's pps-gpio, Debian's gpsd, and what the agent makes of it.</summary>
public sealed class PulseTests : IDisposable
{
    private const int UncertaintyMs = 20;

    // How wrong the system's clock is, and how long after its second a receiver speaks of it.
    private static readonly TimeSpan Wrong = TimeSpan.FromSeconds(90.4);
    private static readonly TimeSpan Line = TimeSpan.FromMilliseconds(300);

    private readonly CancellationTokenSource stop = new(TimeSpan.FromMinutes(5));
    private readonly CancellationTokenSource pulse = new();
    private TimeSpan latest;

    public void Dispose()
    {
        stop.Dispose();
        pulse.Dispose();
    }

    [InsideFact]
    public async Task A_pulse_tells_the_time_to_20_ms_and_without_it_the_line_does_to_a_second()
    {
        var device = Directory.EnumerateDirectories("/sys/class/pps").Single(d => File.ReadAllText($"{d}/name").StartsWith("pulse", StringComparison.Ordinal));
        await using var gpsd = new GpsdServer();
        gpsd.Start($"/dev/{Path.GetFileName(device)}");
        var clock = new DeviceClock(TimeProvider.System, options: new ClockOptions { SynchronizedFile = "" });
        var options = new PositionOptions { Source = $"gpsd:127.0.0.1:{gpsd.Port}" };
        var playing = PlayAsync(gpsd);
        await using var fixes = FixSources.Open(options, FixSources.Play(options, TimeProvider.System), clock, TimeProvider.System).ReadAsync(stop.Token).GetAsyncEnumerator(stop.Token);
        while (clock.Known is not { UncertaintyMs: UncertaintyMs })
        {
            Assert.True(await fixes.MoveNextAsync());
            var fix = fixes.Current;
            if (fix.PulseMonotonicMs is not { } at) continue;
            Assert.True(fix.MonotonicMs - at >= 0.9 * Line.TotalMilliseconds - latest.TotalMilliseconds, $"the line is {fix.MonotonicMs - at} ms late");
            clock.Heard(fix.FixTime, at, byPulse: true);
        }

        // What the played receiver itself was late by, on a guest whose clock ticks at 100 Hz, is its own fault.
        var error = (clock.Now - TimeProvider.System.GetUtcNow() - Wrong).TotalMilliseconds;
        Assert.InRange(Math.Abs(error), 0, UncertaintyMs + latest.TotalMilliseconds);

        // Its wire falls off: seconds later nobody believes it any more.
        await pulse.CancelAsync();
        do Assert.True(await fixes.MoveNextAsync());
        while (fixes.Current.PulseMonotonicMs is not null);
        await stop.CancelAsync();
        await playing;
    }

    // A receiver whose seconds begin when the system's clock, which is wrong, shows 0.6 s.
    private async Task PlayAsync(GpsdServer gpsd)
    {
        try
        {
            for (var second = Next(); ; second = Next())
            {
                var due = second - Wrong;
                if (due - TimeProvider.System.GetUtcNow() is { Ticks: > 0 } rest) await Task.Delay(rest, stop.Token);
                if (!pulse.IsCancellationRequested)
                {
                    WiredPin.Set(WiredPin.Pulse, true);
                    var late = TimeProvider.System.GetUtcNow() - due;
                    if (late > latest) latest = late;
                    await Task.Delay(Line / 2, stop.Token);
                    WiredPin.Set(WiredPin.Pulse, false);
                }

                if (due + Line - TimeProvider.System.GetUtcNow() is { Ticks: > 0 } more) await Task.Delay(more, stop.Token);
                await gpsd.SayAsync(
                    Sum(string.Create(CultureInfo.InvariantCulture, $"GPGGA,{second:HHmmss}.00,4222.416,N,07106.582,W,1,09,0.9,10.0,M,-33.0,M,,")),
                    Sum("GPGSA,A,3,04,05,,09,12,,,24,,,,,2.5,1.3,2.1"),
                    Sum(string.Create(CultureInfo.InvariantCulture, $"GPRMC,{second:HHmmss}.00,A,4222.416,N,07106.582,W,021.4,084.4,{second:ddMMyy},,,A")),
                    Sum(string.Create(CultureInfo.InvariantCulture, $"GPZDA,{second:HHmmss}.00,{second:dd},{second:MM},{second:yyyy},00,00")));
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private static DateTimeOffset Next()
    {
        var now = TimeProvider.System.GetUtcNow() + Wrong;
        return new DateTimeOffset(now.Ticks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, TimeSpan.Zero).AddSeconds(1);
    }

    private static string Sum(string body) => $"${body}*{body.Aggregate(0, (sum, c) => sum ^ c):X2}";
}
