namespace ThreeOneOne.Field.Wire;

/// <summary>Labour, equipment or material that a job took.</summary>
/// <param name="Code">Code of the city's table of rates: "labour", "truck", "cold-patch".</param>
/// <param name="Quantity">In the unit of that table: hours, bags, pieces.</param>
public sealed record UsedItem(string Code, double Quantity);
