namespace ThreeOneOne.Field.Fleet.Demo;

/// <summary>One vehicle of the demo.</summary>
/// <param name="Id">Id and certificate name.</param>
/// <param name="Name">As screens show it.</param>
/// <param name="Role">How it is run.</param>
/// <param name="Night">It drives the latest night instead of the latest hours.</param>
/// <param name="Service">What its crew repairs; null for vehicles without a crew.</param>
/// <param name="Patrol">Number of its patrol.</param>
/// <param name="StartShare">Where on the patrol's loop it begins, 0 to 1.</param>
/// <param name="Seed">Seed of all its chance.</param>
public sealed record VehiclePlan(string Id, string Name, VehicleRole Role, bool Night, string? Service, int Patrol, double StartShare, int Seed)
{
    public bool Crewed => Service is not null;

    public string CrewId => "crew-" + Id;

    /// <summary>People, not their truck: they may change it.</summary>
    public string CrewName => Service switch
    {
        FleetPlan.Lamps => "Lighting crew ",
        FleetPlan.Potholes => "Paving crew ",
        _ => "Highway crew ",
    } + Id[(Id.LastIndexOf('-') + 1)..];

    public bool IsProcess => Role != VehicleRole.Simulated;

    public bool InSimulation => Role is VehicleRole.Simulated or VehicleRole.Fed;
}
