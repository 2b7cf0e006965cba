using ThreeOneOne.Field.Hub.Tickets;

namespace ThreeOneOne.Field.Hub.Tests.Tickets;

public sealed class TextLikenessTests
{
    [Theory]
    [InlineData("Deep pothole by the bus stop", "deep potholes at the bus stop!", 0.7, 1)]
    [InlineData("Deep pothole by the bus stop", "deep pothol by teh busstop", 0.4, 1)]
    [InlineData("Deep pothole by the bus stop", "Light is out since Monday", 0, 0.2)]
    [InlineData("same", "same", 1, 1)]
    public void Texts_are_alike_as_people_would_say(string a, string b, double least, double most)
    {
        Assert.InRange(TextLikeness.Of(a, b)!.Value, least, most);
        Assert.Equal(TextLikeness.Of(a, b), TextLikeness.Of(b, a));
    }

    [Theory]
    [InlineData(null, "x")]
    [InlineData("", "pothole")]
    [InlineData("the a of", "pothole")]
    public void A_text_without_words_says_nothing(string? a, string? b) => Assert.Null(TextLikeness.Of(a, b));

    [Theory]
    [InlineData("123 Main Street", "123 Main St, Cambridge MA 02139", true)]
    [InlineData("145-151 Ipswich St  Boston  MA  02215", "147 Ipswich St Boston MA", true)]
    [InlineData("123 Main St", "125 Main St", false)]
    [InlineData("123 Main St", "Main St", false)]
    [InlineData("123 Main St", "123 Elm St", false)]
    [InlineData("INTERSECTION of Elm Hill Ave & Seaver St", "Intersection of Elm Hill Avenue and Seaver Street", false)]
    [InlineData("Elm Hill Ave & Seaver St", "Elm Hill Avenue & Seaver Street", true)]
    [InlineData("", "123 Main St", null)]
    [InlineData(null, null, null)]
    public void Addresses_are_compared_as_places(string? a, string? b, bool? same)
    {
        Assert.Equal(same, TextLikeness.SameAddress(a, b));
        Assert.Equal(same, TextLikeness.SameAddress(b, a));
    }
}
