namespace ThreeOneOne.Field.Hub.Roughness;

/// <summary>What a vehicle makes of a road, as power in (m/km)² of the reference car.</summary>
/// <param name="Response">Power by square of roughness at 10 m/s.</param>
/// <param name="Slope">How that changes by the logarithm of speed over 10 m/s.</param>
/// <param name="Hum">What it shakes by itself at 10 m/s.</param>
/// <param name="HumSlope">How that changes by the logarithm of speed.</param>
internal readonly record struct VehicleResponse(double Response, double Slope, double Hum, double HumSlope)
{
    // However slow or fast, a rougher road is felt more: a straight line in the logarithm of speed is none outside the speeds of streets.
    private const double LeastGain = 0.3;

    public double Gain(double logSpeed) => Math.Max(LeastGain * Response, Response + Slope * logSpeed);

    public double Own(double logSpeed) => Math.Max(0, Hum + HumSlope * logSpeed);

    /// <summary>What is known beforehand, about these values.</summary>
    /// <param name="options">Spread of vehicles.</param>
    /// <param name="told">What the vehicle takes for its own shaking.</param>
    public FourUnknowns Prior(RoughnessOptions options, double told)
    {
        var prior = new FourUnknowns();
        // Options are of roughness, these of its square.
        var spread = 2 * options.VehicleSpread * Response;
        prior.Know(0, Response * (1 + Priors.Response - Math.Log(Response)), spread);
        prior.Know(1, Priors.Slope * Response, 2 * options.SlopeSpread * Response);
        prior.Know(2, Priors.HumByTold * told, Priors.HumSpread(told, Hum));
        prior.Know(3, Priors.HumSlope * Hum, Priors.HumSlopeSpread * Math.Max(0.5, Hum));
        return prior;
    }
}
