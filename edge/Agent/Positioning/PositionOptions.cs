using System.ComponentModel.DataAnnotations;
using ThreeOneOne.Field.Agent.Recordings;
using ThreeOneOne.Field.Settings;

namespace ThreeOneOne.Field.Agent.Positioning;

/// <summary>Where fixes come from. Settings section <c>Position</c>.</summary>
public sealed class PositionOptions : IValidatableObject
{
    /// <summary>
    /// <c>gpsd:HOST[:PORT[:DEVICE]]</c> asks gpsd (port 2947; DEVICE picks one of its receivers); <c>file:PATH</c> plays a recording (NMEA 0183, or GPX when the name ends in .gpx; .gz is unpacked), paced by its own
    /// timestamps; <c>tcp:HOST:PORT</c> reads NMEA as it arrives and reconnects; any other text is the path of a serial
    /// device that gives NMEA. Empty: no receiver.
    /// </summary>
    public string Source { get; set; } = "";

    /// <summary>Recorded seconds played in one second; recordings from files only.</summary>
    [Range(0.01, 1000)]
    [LocalOnly]
    public double Pace { get; set; } = 1;

    /// <summary>
    /// When set, all recordings of this vehicle are moved in time by one constant, so that the first fix is at this time,
    /// and fixes say <see cref="Fix.Replay"/>.
    /// </summary>
    [LocalOnly]
    public DateTimeOffset? RebaseTo { get; set; }

    /// <summary>Fixes say <see cref="Fix.Replay"/> although this program moved no time: the sender simulates it.</summary>
    [LocalOnly]
    public bool Replay { get; set; }

    /// <summary>Seconds of wall time without any message after which the receiver counts as stale.</summary>
    [Range(0.5, 600)]
    public double StaleSeconds { get; set; } = 5;

    /// <summary>
    /// Receivers whose calendar has rolled over report dates 1,024 weeks in the past. Dates before this one are moved
    /// forward by 1,024 weeks until they are not before it; gpsd moves them itself, and what still lies before is left out.
    /// Null: the day before the program was built for a live receiver; dates of recordings are believed.
    /// </summary>
    public DateTimeOffset? NotBefore { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Source.Length > 0 && !GpsdAddress.TryParse(Source, out _) && !LineAddress.TryParse(Source, out _))
            yield return new ValidationResult($"{GpsdAddress.Rule}, {LineAddress.Rule}", [nameof(Source)]);
    }
}
