using ThreeOneOne.Field.Hub.Crews;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>Orders follow the crew: to the vehicle it signed on to, and off the one it left.</summary>
public sealed class OnCrewChanged(HandOutWork work) : Reaction<CrewChanged>
{
    public const string ReactionName = "work-orders.crew-changed";

    public override string Name => ReactionName;

    protected override void React(WriteScope scope, CrewChanged hubEvent)
    {
        var crew = hubEvent.Summary.Id;
        var vehicles = VehicleOrdersStore.OfCrew(scope, crew).Append(CrewStore.FindSummary(scope, crew)?.Vehicle);
        foreach (var vehicle in vehicles.OfType<string>().Distinct()) VehicleOrdersStore.Bump(scope, vehicle);
        work.Run(scope);
    }
}
