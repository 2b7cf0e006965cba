using System.Net;
using ThreeOneOne.Field.Hub.Access;

namespace ThreeOneOne.Field.Hub.Tests.Access;

public sealed class SignInLimiterTests
{
    [Fact]
    public void Failing_at_very_many_others_wins_no_attempt_at_a_name_or_from_an_address()
    {
        var limiter = new SignInLimiter(new AccessOptions { SignInFailuresPerName = 10, SignInFailuresPerAddress = 50 }, TimeProvider.System);
        var here = IPAddress.Parse("192.0.2.1");
        for (var i = 0; i < 9; i++) limiter.Count("ann", null);
        for (var i = 0; i < 50; i++) limiter.Count(null, here);
        for (var i = 0; i < 50; i++) limiter.CountKey(here);
        for (var i = 0; i < 120_000; i++) limiter.Count(null, new IPAddress([0x20, 0x01, 0x0d, 0xb8, 0, (byte)(i >> 16), (byte)(i >> 8), (byte)i, 0, 0, 0, 0, 0, 0, 0, 1]));

        Assert.NotNull(limiter.RefusedUntil(null, here));
        Assert.NotNull(limiter.CountKey(here));
        var elsewhere = IPAddress.Parse("192.0.2.2");
        Assert.Null(limiter.RefusedUntil("ann", elsewhere));
        limiter.Count("ann", elsewhere);
        Assert.NotNull(limiter.RefusedUntil("ann", IPAddress.Parse("192.0.2.3")));
    }
}
