using ThreeOneOne.Field.Agent.Equipment;
using ThreeOneOne.Field.Agent.Positioning;
using ThreeOneOne.Field.Edge.Tests.Power;
using ThreeOneOne.Field.Support;

namespace ThreeOneOne.Field.Edge.Tests.Sensing;

public sealed class EquipmentTests
{
    private readonly ScriptedIgnition contact = new();
    private readonly SetTime time = new();

    [Fact]
    public async Task Equipment_works_while_its_contact_is_on_and_until_it_has_run_down()
    {
        using var stop = new CancellationTokenSource();
        var watch = new EquipmentWatch(new EquipmentOptions { RestSeconds = 5 }, contact, time);
        var running = watch.RunAsync(stop.Token);
        Assert.True(watch.Works, "not known yet");

        contact.Turn(false);
        await Eventually.TrueAsync(() => !watch.Works, "its contact is off");
        contact.Turn(true);
        await Eventually.TrueAsync(() => watch.Works, "its contact is on");
        contact.Turn(false);
        contact.Turn(false);
        time.Go(4.9);
        Assert.True(watch.Works);
        await Eventually.TrueAsync(() =>
        {
            time.Go(0.2);
            return !watch.Works;
        }, "it has run down");

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task A_contact_that_cannot_be_read_is_not_guessed_to_be_off()
    {
        var watch = new EquipmentWatch(new EquipmentOptions(), contact, time);
        contact.Turn(false);
        using var stop = new CancellationTokenSource();
        var running = watch.RunAsync(stop.Token);
        await Eventually.TrueAsync(() => !watch.Works, "its contact is off");

        contact.Health = new SourceHealth(SourceState.Missing, "there is no such pin");

        Assert.True(watch.Works);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    private sealed class SetTime : TimeProvider
    {
        private long ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Interlocked.Read(ref ticks);

        public void Go(double seconds) => Interlocked.Add(ref ticks, (long)(seconds * TimeSpan.TicksPerSecond));
    }
}
