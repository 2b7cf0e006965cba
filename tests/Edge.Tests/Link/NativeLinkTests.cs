using ThreeOneOne.Field.Link;

namespace ThreeOneOne.Field.Edge.Tests.Link;

public sealed class NativeLinkTests
{
    [Fact]
    public void A_missing_library_names_the_package()
    {
        var e = Assert.Throws<LinkUnavailableException>(() => NativeLink.Load("libmosquitto-missing.so.1"));
        Assert.Contains("libmosquitto1", e.Message, StringComparison.Ordinal);
    }
}
