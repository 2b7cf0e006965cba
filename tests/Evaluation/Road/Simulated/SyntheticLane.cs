using ThreeOneOne.Field.Fleet.Bodies;
using ThreeOneOne.Field.Fleet.Road;

namespace ThreeOneOne.Field.Evaluation.Road.Simulated;

/// <summary>A straight lane that no map has: a profile, and what lies on it.</summary>
/// <param name="profile">Its roughness.</param>
/// <param name="pieces">What lies on it.</param>
/// <param name="body">Whose wheels run over it.</param>
/// <param name="wanderM">How far right of the lane's middle it keeps, metres.</param>
internal sealed class SyntheticLane(RoadProfile profile, IReadOnlyList<RoadPiece> pieces, VehicleBody body, double wanderM) : IWheelPaths
{
    public double Height(double alongM, bool right)
    {
        var height = right ? profile.Right(alongM) : profile.Left(alongM);
        var wheel = wanderM + (right ? body.TrackM : -body.TrackM) / 2;
        for (var i = 0; i < pieces.Count; i++)
        {
            var piece = pieces[i];
            if (alongM < piece.AlongM - body.PatchM || alongM > piece.AlongM + piece.LengthM + body.PatchM || !piece.Takes(wheel)) continue;
            height += (piece.HeightAt(alongM - body.PatchM) + piece.HeightAt(alongM) + piece.HeightAt(alongM + body.PatchM)) / 3;
        }

        return height;
    }
}
