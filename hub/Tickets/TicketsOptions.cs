using System.ComponentModel.DataAnnotations;

namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>How service requests come about.</summary>
public sealed class TicketsOptions : IValidatableObject
{
    public const string Section = "Tickets";

    /// <summary>A pothole that becomes supported this near to an open pothole request joins it, metres.</summary>
    [Range(0.0, 100.0)]
    public double MergeM { get; set; } = 15;

    /// <summary>A street light request without a pole takes the nearest pole within this, metres.</summary>
    [Range(0.0, 100.0)]
    public double PoleM { get; set; } = 25;

    /// <summary>Lights out within this of each other raise the priority, metres: two spans of usual pole spacing.</summary>
    [Range(0.0, 500.0)]
    public double AdjacentM { get; set; } = 60;

    /// <summary>Mean shock from which a pothole is marked, m/s².</summary>
    [Range(0.0, 100.0)]
    public double MarkedMps2 { get; set; } = 6;

    /// <summary>Mean shock from which a pothole is severe, m/s².</summary>
    [Range(0.0, 100.0)]
    public double SevereMps2 { get; set; } = 10;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (SevereMps2 < MarkedMps2) yield return new ValidationResult("at least MarkedMps2", [nameof(SevereMps2)]);
    }
}
