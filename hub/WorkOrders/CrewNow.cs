using ThreeOneOne.Field.Hub.Crews;

namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>A crew that might do it.</summary>
/// <param name="Crew">As registered.</param>
/// <param name="Shift">on, off, break or callOut.</param>
/// <param name="HoursLeft">Of a usual shift; null: nobody knows.</param>
/// <param name="Load">Open orders that it has.</param>
/// <param name="Capacity">Most that it should have.</param>
/// <param name="TravelSeconds">Null: nobody knows where it is.</param>
/// <param name="TravelBy"><see cref="Candidate.Streets"/>, <see cref="Candidate.StraightLine"/> or <see cref="Candidate.Unknown"/>.</param>
public sealed record CrewNow(Crew Crew, string Shift, double? HoursLeft, long Load, int Capacity, double? TravelSeconds, string TravelBy);
