using System.ComponentModel.DataAnnotations;

namespace ThreeOneOne.Field.Hub.Coverage;

/// <summary>What is kept of which streets were sensed when.</summary>
public sealed class CoverageOptions
{
    public const string Section = "Coverage";

    /// <summary>Days that the hours are kept; 0 keeps them for ever.</summary>
    [Range(0, 36_500)]
    public int Days { get; set; } = 800;

    /// <summary>How often the hub looks for hours that are over.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00")]
    public TimeSpan Every { get; set; } = TimeSpan.FromHours(6);
}
