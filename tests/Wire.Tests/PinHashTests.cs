namespace ThreeOneOne.Field.Wire.Tests;

public sealed class PinHashTests
{
    [Fact]
    public void A_pin_matches_its_own_hash_and_no_other()
    {
        var (one, other) = (PinHash.Of("4711", 1000), PinHash.Of("4711", 1000));
        Assert.NotEqual(one.Hash, other.Hash);
        Assert.True(one.Matches("4711"));
        Assert.False(one.Matches("4712"));
        Assert.False((one with { Salt = other.Salt }).Matches("4711"));
        Assert.DoesNotContain(one.Hash, one.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 1000, "")]
    [InlineData("not base64!", 1000, "AAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAA==", 0, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAA==", int.MaxValue, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    public void What_is_no_hash_matches_nothing(string salt, int rounds, string hash) => Assert.False(new PinHash(salt, rounds, hash).Matches("4711"));

    [Theory]
    [InlineData("4711", true)]
    [InlineData("123", false)]
    [InlineData("12a4", false)]
    [InlineData("١٢٣٤", false)]
    [InlineData(null, false)]
    public void A_pin_is_digits(string? pin, bool isOne) => Assert.Equal(isOne, PinHash.IsPin(pin));
}
