namespace ThreeOneOne.Field.Evaluation.Data;

/// <summary>One recorded clip of one vehicle, with axes turned to gravity: z is up and shows 9.81 at rest. m/s².</summary>
internal sealed record RoadClip(string Id, string Vehicle, RoadLabel Label, double SpeedMps, double RateHz, float[] X, float[] Y, float[] Z)
{
    public int Length => Z.Length;
}
