using System.ComponentModel.DataAnnotations;

namespace ThreeOneOne.Field.Hub.Crews;

/// <summary>Crews and their shifts.</summary>
public sealed class CrewsOptions
{
    public const string Section = "Crews";

    /// <summary>A shift that nobody signs off ends this long after its last change, hours.</summary>
    [Range(1.0, 72.0)]
    public double LongestShiftHours { get; set; } = 16;

    /// <summary>How often forgotten shifts are looked for, seconds.</summary>
    [Range(1, 3_600)]
    public int LookSeconds { get; set; } = 60;
}
