namespace ThreeOneOne.Field.Wire.Tests;

public sealed class TopicTests
{
    [Theory]
    [InlineData("field/v1/cambridge-ma/unit-214/up", Lane.Up)]
    [InlineData("field/v1/cambridge-ma/unit-214/live", Lane.Live)]
    [InlineData("field/v1/cambridge-ma/unit-214/status", Lane.Status)]
    [InlineData("field/v1/cambridge-ma/unit-214/down/ack", Lane.Ack)]
    [InlineData("field/v1/cambridge-ma/unit-214/down/orders", Lane.Orders)]
    [InlineData("field/v1/cambridge-ma/unit-214/down/profile", Lane.Profile)]
    [InlineData("field/v1/cambridge-ma/unit-214/down/command", Lane.Command)]
    [InlineData("field/v1/cambridge-ma/unit-214/file", Lane.File)]
    [InlineData("field/v1/cambridge-ma/unit-214/down/file", Lane.FileState)]
    [InlineData("field/v1/cambridge-ma/unit-214/down/device-profile", Lane.DeviceProfile)]
    public void Topics_of_the_contract_read_and_write_back(string text, Lane lane)
    {
        var topic = Topic.TryParse(text);

        Assert.Equal(new Topic("cambridge-ma", "unit-214", lane), topic);
        Assert.Equal(text, topic!.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("field/v2/cambridge-ma/unit-214/up")]
    [InlineData("field/v1/cambridge-ma/unit-214/")]
    [InlineData("field/v1/cambridge-ma/unit-214/up/more")]
    [InlineData("field/v1/cambridge-ma/unit-214/down")]
    [InlineData("field/v1/Cambridge/unit-214/up")]
    [InlineData("field/v1/cambridge-ma/unit_214/up")]
    [InlineData("field/v1/cambridge-ma//up")]
    [InlineData("field/v1/+/unit-214/up")]
    [InlineData("field/v1/cambridge-ma/#")]
    [InlineData("field/v1/cambridge-ma/unit-214-with-a-name-that-is-too-long/up")]
    public void Anything_else_is_no_topic(string text) => Assert.Null(Topic.TryParse(text));
}
