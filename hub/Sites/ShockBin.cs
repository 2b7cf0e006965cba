using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Sites;

/// <summary>
/// All shocks that were ever felt in one bin of the finest grid and may be potholes, as sums of whole numbers and a
/// minimum: whatever order they are added in, the bits are the same.
/// </summary>
public sealed record ShockBin
{
    // Offsets in a bin are at most 30,518 of these: a million sure shocks stay far below 63 bits.
    private const double PerDegree = 1e9;

    /// <summary>Number of the bin.</summary>
    public required long Bin { get; init; }

    /// <summary>Sum of confidences in thousandths; a shock without any counts 50, so that it still has a place.</summary>
    public long Weight { get; init; }

    /// <summary>Sum of weighted offsets from the bin's corner.</summary>
    public long North { get; init; }

    public long East { get; init; }

    /// <summary>The first shock by the canonical order.</summary>
    public required ShockKey First { get; init; }

    /// <summary>The site that the bin belongs to; empty for a bin that is new.</summary>
    public string Site { get; init; } = "";

    public static ShockBin Of(Observation shock) => new ShockBin
    {
        Bin = Grid.Cell(shock.At, Grid.Finest), First = new ShockKey(shock.FixMs, shock.Vehicle, shock.Epoch, shock.Seq),
    }.With(shock);

    /// <summary>Adds one shock.</summary>
    public ShockBin With(Observation shock)
    {
        var key = new ShockKey(shock.FixMs, shock.Vehicle, shock.Epoch, shock.Seq);
        var weight = 50 + (long)Math.Round(1_000 * Math.Clamp(shock.Chances?.Pothole ?? shock.Confidence, 0, 1));
        var corner = Grid.Corner(Bin, Grid.Finest);
        return this with
        {
            Weight = Weight + weight,
            North = North + weight * (long)Math.Round((shock.At.Latitude - corner.Latitude) * PerDegree),
            East = East + weight * (long)Math.Round((shock.At.Longitude - corner.Longitude) * PerDegree),
            First = key.CompareTo(First) < 0 ? key : First,
        };
    }

    /// <summary>The mean place of the shocks in some bins, summed in order of the bins' numbers.</summary>
    public static GeoPoint Centre(IEnumerable<ShockBin> bins)
    {
        double latitude = 0, longitude = 0;
        long total = 0;
        GeoPoint? origin = null;
        foreach (var bin in bins.OrderBy(b => b.Bin))
        {
            var corner = Grid.Corner(bin.Bin, Grid.Finest);
            var from = origin ??= corner;
            latitude += (corner.Latitude - from.Latitude) * bin.Weight + bin.North / PerDegree;
            longitude += (corner.Longitude - from.Longitude) * bin.Weight + bin.East / PerDegree;
            total += bin.Weight;
        }

        return new GeoPoint(origin!.Value.Latitude + latitude / total, origin.Value.Longitude + longitude / total);
    }
}
