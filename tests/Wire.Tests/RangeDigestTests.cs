using System.Security.Cryptography;
using System.Text;

namespace ThreeOneOne.Field.Wire.Tests;

public sealed class RangeDigestTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(5_000)]
    public void A_digest_is_sha_256_over_the_hashes_digits_in_order(int records)
    {
        string[] hashes = [.. Enumerable.Range(0, records).Select(i => WireCodec.ContentHash(BitConverter.GetBytes(i)))];
        var expected = SHA256.HashData(Encoding.ASCII.GetBytes(string.Concat(hashes)));
        Assert.Equal(Convert.ToHexStringLower(expected.AsSpan(0, 16)), RangeDigest.Of(hashes));
    }

    [Fact]
    public void Order_counts()
    {
        string[] hashes = [WireCodec.ContentHash([1]), WireCodec.ContentHash([2])];
        Assert.NotEqual(RangeDigest.Of(hashes), RangeDigest.Of([.. hashes.Reverse()]));
    }
}
