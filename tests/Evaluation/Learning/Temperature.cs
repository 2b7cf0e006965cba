using ThreeOneOne.Field.Agent.Sensing.Shock;

namespace ThreeOneOne.Field.Evaluation.Learning;

/// <summary>Finds the temperature at which a model's chances come true on examples that it never saw.</summary>
internal static class Temperature
{
    /// <param name="model">Its own temperature is not looked at.</param>
    /// <param name="rows">Features.</param>
    /// <param name="classes">What each is.</param>
    public static double Fit(ShockModel model, IReadOnlyList<float[]> rows, IReadOnlyList<int> classes)
    {
        // The loss has one valley: thirds of it are left out in turn.
        var (low, high) = (0.3, 4.0);
        while (high - low > 0.002)
        {
            var (a, b) = (low + (high - low) / 3, high - (high - low) / 3);
            if (Loss(a) < Loss(b)) high = b;
            else low = a;
        }

        return Math.Round((low + high) / 2, 2);

        double Loss(double temperature)
        {
            var at = model with { Temperature = temperature };
            var chances = new double[ShockModel.Classes];
            var sum = 0.0;
            for (var i = 0; i < rows.Count; i++)
            {
                at.Chances(rows[i], chances);
                sum -= Math.Log(Math.Max(1e-12, chances[classes[i]]));
            }

            return sum;
        }
    }
}
