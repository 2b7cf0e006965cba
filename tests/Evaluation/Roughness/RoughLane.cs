using ThreeOneOne.Field.Fleet.Bodies;
using ThreeOneOne.Field.Fleet.Road;

namespace ThreeOneOne.Field.Evaluation.Roughness;

/// <summary>One lane of a street: both wheel paths, somewhat rougher here and smoother there, and their true index.</summary>
internal sealed class RoughLane : IWheelPaths
{
    /// <summary>Road before and behind the street itself, so that a vehicle arrives as it does in a city: driving.</summary>
    public const double LeadM = 160;

    private const double StepM = 0.1;
    private const double Sway = 0.35;

    private readonly RoadProfile _profile;
    private readonly double _waveM, _phase;
    private readonly double[] _left, _right;

    /// <param name="lengthM">Of the street.</param>
    /// <param name="roughness">Gd(n0) in m³.</param>
    /// <param name="random">Seeded by the lane.</param>
    public RoughLane(double lengthM, double roughness, Random random)
    {
        LengthM = lengthM;
        _profile = new RoadProfile(lengthM + 2 * LeadM, roughness, random);
        (_waveM, _phase) = (250 + 300 * random.NextDouble(), Math.Tau * random.NextDouble());
        (_left, _right) = (Movement(right: false), Movement(right: true));
    }

    public double LengthM { get; }

    public double WholeM => LengthM + 2 * LeadM;

    public double Height(double alongM, bool right) =>
        (right ? _profile.Right(alongM) : _profile.Left(alongM)) * Math.Exp(Sway * Math.Sin(Math.Tau * alongM / _waveM + _phase));

    /// <summary>Mean index of both wheel paths between two places of the street, m/km.</summary>
    public double Index(double fromM, double toM) =>
        (RoughnessIndex.MPerKm(_left, StepM, LeadM + fromM, LeadM + toM) + RoughnessIndex.MPerKm(_right, StepM, LeadM + fromM, LeadM + toM)) / 2;

    private double[] Movement(bool right)
    {
        var heights = new double[(int)(WholeM / StepM)];
        for (var i = 0; i < heights.Length; i++) heights[i] = Height(i * StepM, right);
        return RoughnessIndex.Movement(heights, StepM);
    }
}
