namespace ThreeOneOne.Field.Hub.Sites;

/// <summary>Log-odds of what vehicles say.</summary>
internal static class Odds
{
    /// <summary>
    /// A confidence c stands for a probability of 0.5 + 0.45 c that the verdict is right: 0 says nothing, 1 says 95 %, because
    /// no single pass is certain.
    /// </summary>
    public static double OfConfidence(double confidence)
    {
        var p = 0.5 + 0.45 * Math.Clamp(confidence, 0, 1);
        return Math.Log(p / (1 - p));
    }
}
