using System.ComponentModel.DataAnnotations;

namespace ThreeOneOne.Field.Agent.WorkOrders;

/// <summary>Arrival and completion of work orders on the vehicle. Settings section <c>WorkOrders</c>.</summary>
public sealed class WorkOrdersOptions : IValidatableObject
{
    /// <summary>A vehicle nearer than this to a job is inside it, metres.</summary>
    [Range(5, 500)]
    public double ArriveM { get; set; } = 40;

    /// <summary>Only beyond this has it left again, metres; jobs within are offered as nearby.</summary>
    [Range(10, 1000)]
    public double LeaveM { get; set; } = 80;

    /// <summary>How long it stands inside before it has arrived, seconds of GPS time: passing by is not arriving.</summary>
    [Range(0, 600)]
    public double DwellSeconds { get; set; } = 5;

    /// <summary>Who stands nearer to a junction ahead may wait at its light, metres; needs the city's streets. Where no main street meets there is none.</summary>
    [Range(0, 200)]
    public double JunctionM { get; set; } = 20;

    /// <summary>How long it stands there with the ignition on, or unknown, before it has arrived, seconds of GPS time: longer than a light is red.</summary>
    [Range(0, 600)]
    public double JunctionDwellSeconds { get; set; } = 90;

    /// <summary>A fix older than this does not place an action, seconds of wall time.</summary>
    [Range(1, 600)]
    public double FixAgeSeconds { get; set; } = 30;

    /// <summary>Horizontal error of one unit of HDOP, metres (user equivalent range error).</summary>
    [Range(0.5, 20)]
    public double MetresPerHdop { get; set; } = 4;

    /// <summary>Time after the hub acknowledged an action until its own view of the order counts again, seconds.</summary>
    [Range(1, 3600)]
    public double OwnWordSeconds { get; set; } = 30;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (LeaveM <= ArriveM) yield return new ValidationResult($"more than ArriveM ({ArriveM})", [nameof(LeaveM)]);
    }
}
