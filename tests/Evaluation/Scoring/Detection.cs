namespace ThreeOneOne.Field.Evaluation.Scoring;

/// <summary>How detections in time fit the marks of a person.</summary>
/// <param name="Right">Detections within the tolerance of a mark.</param>
/// <param name="Detections">All of them.</param>
/// <param name="Found">Marks with a detection within the tolerance.</param>
/// <param name="Marks">All of them.</param>
internal sealed record Detection(int Right, int Detections, int Found, int Marks)
{
    public double Precision => Detections == 0 ? 0 : (double)Right / Detections;

    public double Recall => Marks == 0 ? 0 : (double)Found / Marks;

    public double F1 => Precision + Recall == 0 ? 0 : 2 * Precision * Recall / (Precision + Recall);

    public static Detection Compare(IReadOnlyList<double> detections, IReadOnlyList<double> marks, double toleranceSeconds) => new(
        detections.Count(d => marks.Any(m => Math.Abs(m - d) <= toleranceSeconds)), detections.Count,
        marks.Count(m => detections.Any(d => Math.Abs(m - d) <= toleranceSeconds)), marks.Count);

    public static Detection operator +(Detection a, Detection b) =>
        new(a.Right + b.Right, a.Detections + b.Detections, a.Found + b.Found, a.Marks + b.Marks);
}
