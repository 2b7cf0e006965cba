using ThreeOneOne.Field.Link;

namespace ThreeOneOne.Field.Edge.Tests.Link;

public sealed class BackOffTests
{
    [Fact]
    public void Waits_double_up_to_the_longest_and_never_leave_their_half()
    {
        var backOff = new BackOff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10), new Random(1));
        foreach (var whole in new[] { 1, 2, 4, 8, 10, 10 })
            Assert.InRange(backOff.Next().TotalSeconds, whole / 2.0, whole);
        backOff.Reset();
        Assert.InRange(backOff.Next().TotalSeconds, 0.5, 1);
    }

    [Fact]
    public void Many_attempts_do_not_overflow()
    {
        var backOff = new BackOff(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(30), new Random(1));
        for (var i = 0; i < 1_000; i++) Assert.InRange(backOff.Next().TotalSeconds, 0.1, 30);
    }

    [Fact]
    public void Two_clients_do_not_wait_in_step() =>
        Assert.NotEqual(BackOff.ChanceOf("truck-1").NextDouble(), BackOff.ChanceOf("truck-2").NextDouble());
}
