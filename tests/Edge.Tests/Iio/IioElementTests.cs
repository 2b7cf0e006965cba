using ThreeOneOne.Field.Agent.Iio;

namespace ThreeOneOne.Field.Edge.Tests.Iio;

public sealed class IioElementTests
{
    [Theory]
    [InlineData("le:s16/16>>0", new byte[] { 0xfe, 0xff }, -2)]
    [InlineData("be:s16/16>>0", new byte[] { 0xff, 0xfe }, -2)]
    [InlineData("le:u16/16>>0", new byte[] { 0xfe, 0xff }, 65534)]
    [InlineData("le:s12/16>>4", new byte[] { 0xf3, 0xff }, -1)]
    [InlineData("be:u12/16>>4", new byte[] { 0x7f, 0xf0 }, 0x7ff)]
    [InlineData("be:s10/16>>6", new byte[] { 0x80, 0x00 }, -512)]
    [InlineData("le:s8/8>>0", new byte[] { 0x80 }, -128)]
    [InlineData("le:s24/32>>8", new byte[] { 0x11, 0xff, 0xff, 0xff }, -1)]
    [InlineData("be:s32/32>>0", new byte[] { 0x00, 0x01, 0x00, 0x00 }, 65536)]
    [InlineData("le:s64/64>>0", new byte[] { 1, 0, 0, 0, 0, 0, 0, 0x80 }, long.MinValue + 1)]
    [InlineData("le:s16/16X4>>0", new byte[] { 7, 0, 8, 0, 9, 0, 10, 0 }, 7)]
    public void Numbers_are_read_as_the_kernel_describes_them(string type, byte[] bytes, long expected) =>
        Assert.Equal(expected, IioElement.Parse("in_accel_x", "0", type).Read(bytes));

    [Theory]
    [InlineData("le:s16/16", true)]
    [InlineData("le:s17/16>>0", false)]
    [InlineData("le:s16/16>>1", false)]
    [InlineData("le:s0/16>>0", false)]
    [InlineData("le:s16/24>>0", false)]
    [InlineData("xe:s16/16>>0", false)]
    [InlineData("le:s16/16X0>>0", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void A_description_that_cannot_be_is_refused(string? type, bool good)
    {
        if (good) Assert.NotNull(IioElement.Parse("in_accel_x", "0", type));
        else Assert.Throws<IioException>(() => IioElement.Parse("in_accel_x", "0", type));
    }

    [Theory]
    // One axis of 16 bits, then the time: six bytes of nothing between them.
    [InlineData(16, 8, "le:s16/16>>0", "le:s64/64>>0")]
    [InlineData(16, 8, "le:s16/16>>0", "le:s16/16>>0", "le:s16/16>>0", "le:s64/64>>0")]
    [InlineData(24, 16, "le:s16/16>>0", "be:s32/32>>0", "le:s16/16X2>>0", "le:s64/64>>0")]
    [InlineData(6, 4, "le:s16/16>>0", "le:s16/16>>0", "le:s16/16>>0")]
    [InlineData(8, 4, "le:s16/16>>0", "le:s32/32>>0")]
    public void Each_number_lies_at_a_multiple_of_its_size(int bytes, int lastAt, params string[] types)
    {
        var scan = new IioScan(types.Select((type, i) => IioElement.Parse($"c{i}", $"{i}", type)).Reverse());
        Assert.Equal(bytes, scan.Bytes);
        var data = new byte[bytes];
        data[lastAt] = 42;
        Assert.Equal(42, scan.Read($"c{types.Length - 1}", data));
    }
}
