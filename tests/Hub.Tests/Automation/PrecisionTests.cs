using ThreeOneOne.Field.Hub.Automation;

namespace ThreeOneOne.Field.Hub.Tests.Automation;

public sealed class PrecisionTests
{
    private static readonly AutomationOptions Options = new() { Goal = 0.9, Inspections = 10 };

    [Fact]
    public void The_share_is_of_inspections_that_judge_the_sensor()
    {
        var precision = Precision.Of([Label.Confirmed, Label.Confirmed, Label.Confirmed, Label.NotFound, Label.OtherOwner, Label.OtherOwner]);
        Assert.Equal((4, 0.75, 2), (precision.Inspections, precision.Share, precision.OtherOwner));
    }

    // Wilson's interval, as published tables have it.
    [Theory]
    [InlineData(9, 1, 0.596, 0.982)]
    [InlineData(27, 3, 0.744, 0.965)]
    [InlineData(10, 0, 0.722, 1.0)]
    [InlineData(0, 5, 0.0, 0.434)]
    public void The_interval_is_wide_where_few_were_inspected(int confirmed, int notFound, double low, double high)
    {
        var interval = new Precision(confirmed, notFound, 0, 0).Interval!.Value;
        Assert.Equal(low, interval.Low, 3);
        Assert.Equal(high, interval.High, 3);
    }

    [Fact]
    public void Nothing_is_claimed_before_the_first_inspection()
    {
        Assert.Null(Precision.None.Share);
        Assert.Null(Precision.None.Interval);
    }

    [Theory]
    [InlineData(9, 0, 0, "crews have inspected 9 of the 10")]
    [InlineData(9, 1, 0, null)]
    [InlineData(8, 2, 0, "80.0 % where 90.0 % is the goal")]
    [InlineData(10, 0, 1, null)]
    [InlineData(10, 0, 2, "2 that were rejected as no defect")]
    public void Automatic_is_locked_until_it_is_earned_and_says_why(int confirmed, int notFound, int rejected, string? why)
    {
        var locked = new Standing(new Precision(confirmed, notFound, 0, 0), rejected).Lock(Options);
        if (why is null) Assert.Null(locked);
        else Assert.Contains(why, locked, StringComparison.Ordinal);
    }
}
