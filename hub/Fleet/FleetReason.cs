namespace ThreeOneOne.Field.Hub.Fleet;

/// <summary>Why a vehicle needs attention.</summary>
/// <param name="Code">For programs: <c>silent-on-shift</c>, <c>silent</c>, <c>never-heard</c>, <c>no-certificate</c>, <c>certificate</c>, <c>source</c>, <c>hot</c>,
/// <c>disk</c>, <c>supply</c>, <c>throttled</c>, <c>card</c>, <c>unsent</c>, <c>offline-budget</c>, <c>clock</c>.</param>
/// <param name="Text">For people, with the figure.</param>
public sealed record FleetReason(string Code, string Text);
