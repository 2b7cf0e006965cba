using System.Text;
using ThreeOneOne.Field.Hub.Access;

namespace ThreeOneOne.Field.Hub.Tests.Access;

public sealed class TotpTests
{
    private static readonly byte[] Secret = Encoding.ASCII.GetBytes("12345678901234567890");

    // RFC 6238, appendix B, SHA-1.
    [Theory]
    [InlineData(59, "94287082")]
    [InlineData(1111111109, "07081804")]
    [InlineData(1111111111, "14050471")]
    [InlineData(1234567890, "89005924")]
    [InlineData(2000000000, "69279037")]
    [InlineData(20000000000, "65353130")]
    public void Codes_are_those_of_the_standard(long time, string code) =>
        Assert.Equal(code, Totp.Code(Secret, Totp.StepAt(DateTimeOffset.FromUnixTimeSeconds(time)), digits: 8));

    [Theory]
    [InlineData(-2, false)]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void A_clock_may_be_off_by_one_step(int steps, bool taken)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);
        Assert.Equal(taken, Totp.Match(Secret, Totp.Code(Secret, Totp.StepAt(now) + steps), now, after: 0) is not null);
    }

    // RFC 4648, section 10.
    [Theory]
    [InlineData("", "")]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foo", "MZXW6")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("fooba", "MZXW6YTB")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Base32_is_that_of_the_standard(string text, string encoded) => Assert.Equal(encoded, Totp.Base32(Encoding.ASCII.GetBytes(text)));
}
