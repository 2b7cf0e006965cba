using System.ComponentModel.DataAnnotations;

namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>How work reaches the crews.</summary>
public sealed class WorkOrdersOptions
{
    public const string Section = "WorkOrders";

    /// <summary>Off, or NearestCrew.</summary>
    public AutoAssignment AutoAssign { get; set; }

    /// <summary>Open orders that a crew gets by itself at most.</summary>
    [Range(1, 200)]
    public int CrewCapacity { get; set; } = 6;

    /// <summary>How long a crew usually works, hours; by this it has hours left for a job.</summary>
    [Range(1.0, 24.0)]
    public double ShiftHours { get; set; } = 8;

    /// <summary>How long a job usually takes, minutes; a crew with less left is named after those with more.</summary>
    [Range(1, 600)]
    public int JobMinutes { get; set; } = 30;

    /// <summary>An action farther than this from the job is flagged, metres.</summary>
    [Range(10.0, 100_000.0)]
    public double FarM { get; set; } = 150;

    /// <summary>What a crew found and fixed this near to an open request belongs to it, metres.</summary>
    [Range(0.0, 200.0)]
    public double FixedHereM { get; set; } = 15;

    /// <summary>What two crews found and fixed this near to each other on one day is one hole: the second one's is a visit, metres.</summary>
    [Range(0.0, 50.0)]
    public double SameHoleM { get; set; } = 8;

    /// <summary>Fills that a crew makes on the spot in one working day and one square of this side are points of one order, metres.</summary>
    [Range(50.0, 5_000.0)]
    public double RunAreaM { get; set; } = 500;

    /// <summary>A permanent repair is due this long after the temporary one, unless the crew said when, days.</summary>
    [Range(1, 365)]
    public int PermanentDays { get; set; } = 30;

    /// <summary>An emergency that no crew acknowledges within this becomes an alert, minutes.</summary>
    [Range(1, 240)]
    public int AcknowledgeMinutes { get; set; } = 5;

    /// <summary>The city's table of rates and presets. A name without a root lies beside the program.</summary>
    [Required]
    public string RatesFile { get; set; } = "Cities/cambridge-ma/rates.json";

    /// <summary>How often inspection routes are looked at, seconds.</summary>
    [Range(1, 3_600)]
    public int RouteSeconds { get; set; } = 60;

    /// <summary>Time between attempts to bring a vehicle its orders, seconds.</summary>
    [Range(1, 3_600)]
    public int ResendSeconds { get; set; } = 5;
}
