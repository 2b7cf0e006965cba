using System.ComponentModel.DataAnnotations;

namespace ThreeOneOne.Field.Hub.Roughness;

/// <summary>How estimated roughness is calibrated across vehicles.</summary>
public sealed class RoughnessOptions
{
    public const string Section = "Roughness";

    /// <summary>Streets are cut into equal pieces of about this length, metres.</summary>
    [Range(20.0, 1_000.0)]
    public double PieceM { get; set; } = 100;

    /// <summary>Months that an estimate rests on, the running one included. A vehicle is calibrated anew for each. What is older goes.</summary>
    [Range(1, 60)]
    public int Months { get; set; } = 3;

    /// <summary>Pieces that a vehicle must share with others before it counts as calibrated.</summary>
    [Range(1, 1_000)]
    public int LeastShared { get; set; } = 8;

    /// <summary>How much vehicles' responses differ from each other before anything is known, as a standard deviation of the logarithm.</summary>
    [Range(0.01, 2.0)]
    public double VehicleSpread { get; set; } = 0.3;

    /// <summary>The same of the exponent of speed that is left after speed was taken out.</summary>
    [Range(0.001, 2.0)]
    public double SlopeSpread { get; set; } = 0.3;

    /// <summary>
    /// CSV of pieces that a profiler measured: <c>segment,piece,direction,iri_m_per_km</c>. They give the scale, and what is connected
    /// with them may be called International Roughness Index. Empty: the fleet's mean vehicle is taken for a usual one, and estimates are ranks.
    /// </summary>
    public string ProfiledFile { get; set; } = "";

    /// <summary>How often vehicles and streets are calibrated.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "31.00:00:00")]
    public TimeSpan Every { get; set; } = TimeSpan.FromHours(24);
}
