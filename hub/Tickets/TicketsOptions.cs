using System.ComponentModel.DataAnnotations;

namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>How service requests come about.</summary>
public sealed class TicketsOptions : IValidatableObject
{
    public const string Section = "Tickets";

    /// <summary>A pothole that becomes supported this near to an open pothole request joins it, metres.</summary>
    [Range(0.0, 100.0)]
    public double MergeM { get; set; } = 15;

    /// <summary>And this near to one that a person opened, in the same street, metres: people point at the house, not at the lane.</summary>
    [Range(0.0, 100.0)]
    public double ReportedM { get; set; } = 25;

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

    /// <summary>Error of a place that a person gives, where their device does not say it, metres.</summary>
    [Range(0.0, 500.0)]
    public double PersonErrorM { get; set; } = 15;

    /// <summary>Error of a place that a vehicle or a crew gives, metres.</summary>
    [Range(0.0, 500.0)]
    public double VehicleErrorM { get; set; } = 5;

    /// <summary>Errors beyond this count as this, metres: a report from far away must not be everybody's neighbour.</summary>
    [Range(0.0, 500.0)]
    public double MostErrorM { get; set; } = 30;

    /// <summary>Requests within this of each other are shown as possible duplicates, metres.</summary>
    [Range(0.0, 1_000.0)]
    public double CandidateM { get; set; } = 100;

    /// <summary>Texts from this likeness on speak for one defect, 0 to 1.</summary>
    [Range(0.0, 1.0)]
    public double LikeText { get; set; } = 0.5;

    /// <summary>So many reports at exactly one place mean that a geocoder gave up there: it is no evidence of anything.</summary>
    [Range(2, 100_000)]
    public int DefaultPointReports { get; set; } = 8;

    /// <summary>A place this near to an asset is the asset's, and may be reported as often as people like, metres.</summary>
    [Range(0.0, 50.0)]
    public double AtAssetM { get; set; } = 2;

    /// <summary>Time between looks at target dates, seconds.</summary>
    [Range(1, 3_600)]
    public int WatchSeconds { get; set; } = 60;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (SevereMps2 < MarkedMps2) yield return new ValidationResult("at least MarkedMps2", [nameof(SevereMps2)]);
    }
}
