using ThreeOneOne.Field.Hub.Broker;
using ThreeOneOne.Field.Hub.Vehicles;

namespace ThreeOneOne.Field.Hub.Tests.Broker;

public sealed class BrokerRulesTests
{
    [Fact]
    public void A_vehicle_gets_its_exact_topics_and_no_wildcard_but_the_end_of_its_own_down()
    {
        var rules = BrokerRules.Write([Vehicle("truck-7", "cambridge-ma"), Vehicle("bus-1", "boston-ma")]);

        Assert.EndsWith(
            """

            user bus-1
            topic write field/v1/boston-ma/bus-1/live
            topic write field/v1/boston-ma/bus-1/up
            topic write field/v1/boston-ma/bus-1/file
            topic write field/v1/boston-ma/bus-1/status
            topic read field/v1/boston-ma/bus-1/down/#

            user truck-7
            topic write field/v1/cambridge-ma/truck-7/live
            topic write field/v1/cambridge-ma/truck-7/up
            topic write field/v1/cambridge-ma/truck-7/file
            topic write field/v1/cambridge-ma/truck-7/status
            topic read field/v1/cambridge-ma/truck-7/down/#

            """, rules, StringComparison.Ordinal);
        Assert.DoesNotContain("pattern", rules, StringComparison.Ordinal);
        Assert.DoesNotContain("readwrite", rules, StringComparison.Ordinal);
    }

    [Fact]
    public void The_hub_writes_down_only_and_reads_with_three_other_names()
    {
        Assert.Equal(
            """
            # Written by field-hub; changes are lost.

            user hub-down
            topic write field/v1/+/+/down/#

            user hub-durable
            topic read field/v1/+/+/up

            user hub-files
            topic read field/v1/+/+/file

            user hub-live
            topic read field/v1/+/+/live
            topic read field/v1/+/+/status

            """, BrokerRules.Write([]));
    }

    [Theory]
    [InlineData("truck\ntopic readwrite #", "cambridge-ma")]
    [InlineData("truck-7", "+")]
    public void A_name_outside_the_rule_never_gets_into_the_file(string id, string jurisdiction) =>
        Assert.Throws<ArgumentException>(() => BrokerRules.Write([Vehicle(id, jurisdiction)]));

    private static Vehicle Vehicle(string id, string jurisdiction) => new(id, jurisdiction, id, VehicleKind.Crewed, DateTimeOffset.UnixEpoch);
}
