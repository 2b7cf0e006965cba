using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Sites;

/// <summary>
/// Which way those drove who felt a place. A place is a metre or two off and a lane three metres wide: on which side of the street it
/// lies, and that it lies on this street rather than on the one that it crosses, is better told by the way they went.
/// </summary>
public static class DrivenCourse
{
    private const int MostPerCell = 50;

    // All one way, but for turns and a few astray; with traffic both ways over it, it lies in the middle.
    private const double LeastAgreement = 0.8;

    /// <summary>Degrees from north; null when nobody says, or they drove either way.</summary>
    /// <param name="read">To read from.</param>
    /// <param name="at">The place.</param>
    /// <param name="withinM">Shocks farther away are of something else.</param>
    public static double? At(ObservationStore.Read read, GeoPoint at, double withinM)
    {
        var (east, north, count) = (0.0, 0.0, 0);
        foreach (var shock in Grid.Around(at, withinM, Grid.Fine).SelectMany(cell => ObservationStore.ShocksIn(read, cell, MostPerCell)))
        {
            if (shock.CourseDeg is not { } course || shock.At.DistanceMTo(at) > withinM) continue;
            var (sin, cos) = Math.SinCos(course * Math.PI / 180);
            (east, north, count) = (east + sin, north + cos, count + 1);
        }

        if (count == 0 || Math.Sqrt(east * east + north * north) < LeastAgreement * count) return null;
        return (Math.Atan2(east, north) * 180 / Math.PI + 360) % 360;
    }
}
