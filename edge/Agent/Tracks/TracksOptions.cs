using System.ComponentModel.DataAnnotations;

namespace ThreeOneOne.Field.Agent.Tracks;

/// <summary>How the fixes of a shift become records. Settings section <c>Tracks</c>.</summary>
public sealed class TracksOptions
{
    /// <summary>
    /// Longest time a block of fixes is gathered before it becomes a record that can be sent, seconds of wall time and of
    /// GPS time.
    /// </summary>
    [Range(0.5, 60)]
    public double Seconds { get; set; } = 60;

    /// <summary>
    /// Longest time a fix waits before the block under way is saved on disk, seconds. With half a second of grace it is
    /// what a power cut costs of a track.
    /// </summary>
    [Range(0.1, 5)]
    public double DraftSeconds { get; set; } = 4;

    /// <summary>Most fixes in one block.</summary>
    [Range(1, 600)]
    public int Fixes { get; set; } = 600;
}
