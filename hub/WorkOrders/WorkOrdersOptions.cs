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

    /// <summary>An action farther than this from the job is flagged, metres.</summary>
    [Range(10.0, 100_000.0)]
    public double FarM { get; set; } = 150;

    /// <summary>What a crew found and fixed this near to an open request belongs to it, metres.</summary>
    [Range(0.0, 200.0)]
    public double FixedHereM { get; set; } = 15;

    /// <summary>Time between attempts to bring a vehicle its orders, seconds.</summary>
    [Range(1, 3_600)]
    public int ResendSeconds { get; set; } = 5;
}
