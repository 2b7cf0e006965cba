using System.ComponentModel.DataAnnotations;

namespace ThreeOneOne.Field.Agent.Tracks;

/// <summary>How the fixes of a shift become records. Settings section <c>Tracks</c>.</summary>
public sealed class TracksOptions
{
    /// <summary>Longest time a track collects fixes before it becomes a record, seconds of wall time.</summary>
    [Range(0.5, 60)]
    public double Seconds { get; set; } = 4;

    /// <summary>Most fixes in one track.</summary>
    [Range(1, 600)]
    public int Fixes { get; set; } = 60;
}
