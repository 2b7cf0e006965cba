namespace ThreeOneOne.Field.Hub.Vehicles;

/// <summary>A registered vehicle (a unit, on screens).</summary>
/// <param name="Id">Unique over the installation; equals its certificate's CN.</param>
/// <param name="Jurisdiction">The city it belongs to. The registry decides, not the topic.</param>
/// <param name="Name">On screens, such as "Unit 214".</param>
/// <param name="Kind">Crewed or sensor-only.</param>
/// <param name="Created">When it was registered, UTC.</param>
public sealed record Vehicle(string Id, string Jurisdiction, string Name, VehicleKind Kind, DateTimeOffset Created);
