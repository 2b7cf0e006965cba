namespace ThreeOneOne.Field.Evaluation.Lamps;

/// <summary>The most light that was read nearer to a pole than to any other in one pass.</summary>
/// <param name="Pole">Its id.</param>
/// <param name="At">When it was nearest.</param>
/// <param name="PeakLux">The most light.</param>
internal sealed record NearestPolePass(string Pole, DateTimeOffset At, double PeakLux);
