namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>One thing that speaks for or against a crew.</summary>
/// <param name="Code">contractor, skills, equipment, area, shift, hours, load or travel.</param>
/// <param name="Ok">It speaks for the crew.</param>
/// <param name="Known">False when nobody told the hub, so that it had to assume.</param>
/// <param name="Values">What is missing where it is not ok, else what was looked at.</param>
public sealed record CandidateReason(string Code, bool Ok, bool Known, IReadOnlyList<string> Values);
