using System.Net;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Tests.Sites;

namespace ThreeOneOne.Field.Hub.Tests.Access;

public sealed class CallLimiterTests
{
    private readonly SteppedTime time = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public void So_many_calls_a_minute_and_then_it_says_how_long_to_wait()
    {
        var limiter = new CallLimiter(time);
        for (var i = 0; i < 30; i++) Assert.Null(limiter.Take("a", 30));
        Assert.Equal(TimeSpan.FromSeconds(2), limiter.Take("a", 30));
        Assert.Null(limiter.Take("b", 30));
        time.Step(TimeSpan.FromSeconds(2));
        Assert.Null(limiter.Take("a", 30));
        Assert.NotNull(limiter.Take("a", 30));
        time.Step(TimeSpan.FromHours(1));
        for (var i = 0; i < 30; i++) Assert.Null(limiter.Take("a", 30));
        Assert.NotNull(limiter.Take("a", 30));
    }

    [Fact]
    public void A_clock_that_goes_back_locks_nobody_out()
    {
        var limiter = new CallLimiter(time);
        for (var i = 0; i < 31; i++) limiter.Take("a", 30);
        time.Step(TimeSpan.FromDays(-1));
        Assert.NotNull(limiter.Take("a", 30));
        time.Step(TimeSpan.FromSeconds(2));
        Assert.Null(limiter.Take("a", 30));
    }

    [Fact]
    public void Ever_new_callers_fill_no_memory_and_free_nobody_who_waits()
    {
        var limiter = new CallLimiter(time, mostCallers: 100);
        for (var i = 0; i < 11; i++) limiter.Take("greedy", 10);
        for (var i = 0; i < 5_000; i++) limiter.Take($"new {i}", 10);
        Assert.InRange(limiter.Callers, 1, 101);
        Assert.NotNull(limiter.Take("greedy", 10));
        time.Step(TimeSpan.FromMinutes(1));
        Assert.Null(limiter.Take("somebody", 10));
        Assert.InRange(limiter.Callers, 1, 2);
    }

    [Fact]
    public void A_household_is_one_caller()
    {
        string Of(string address) => CallLimiter.Caller(IPAddress.Parse(address));
        Assert.Equal(Of("2001:db8:1:2::1"), Of("2001:db8:1:2:ffff::9"));
        Assert.NotEqual(Of("2001:db8:1:2::1"), Of("2001:db8:1:3::1"));
        Assert.Equal(Of("::ffff:192.0.2.1"), Of("192.0.2.1"));
    }
}
