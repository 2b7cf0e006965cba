namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>One thing that a job took.</summary>
/// <param name="AtMs">Work time, Unix milliseconds.</param>
/// <param name="Crew">Whose work; null: unknown.</param>
/// <param name="Code">Of the table of rates.</param>
/// <param name="Kind">labour, equipment, material, unit; "unknown" for a code that the table lacks.</param>
/// <param name="Quantity">Labour in person-hours, the rest in the rate's unit.</param>
/// <param name="Unit">hour, bag, piece …</param>
/// <param name="Cents">Quantity times rate, rounded half up.</param>
/// <param name="Source">measured on the job, tapped by the crew, or the preset.</param>
public sealed record CostLine(long AtMs, string? Crew, string Code, string Kind, double Quantity, string Unit, long Cents, string Source);
