namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>A crew for a job, with the reasons for its place in the list. It never says where the crew is beyond how long the way takes.</summary>
/// <param name="Crew">Id.</param>
/// <param name="Name">On screens.</param>
/// <param name="Can">False when one of the reasons forbids it: these come last.</param>
/// <param name="Shift">on, off, break or callOut.</param>
/// <param name="Load">Open orders that it has.</param>
/// <param name="Capacity">Most that it should have.</param>
/// <param name="HoursLeft">Of a usual shift; null: off shift.</param>
/// <param name="TravelMinutes">Rounded up to whole minutes; null: nobody knows where it is.</param>
/// <param name="TravelBy"><c>streets</c>, <c>straight-line</c> where no street leads there, or <c>unknown</c>.</param>
/// <param name="Reasons">Contractor, skills, equipment, area, shift, hours, load and travel, each as it is.</param>
public sealed record Candidate(
    string Crew, string Name, bool Can, string Shift, long Load, int Capacity, double? HoursLeft, int? TravelMinutes, string TravelBy, IReadOnlyList<CandidateReason> Reasons)
{
    public const string Streets = "streets";
    public const string StraightLine = "straight-line";
    public const string Unknown = "unknown";
}
