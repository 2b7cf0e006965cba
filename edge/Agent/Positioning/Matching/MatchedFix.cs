namespace ThreeOneOne.Field.Agent.Positioning.Matching;

/// <summary>A fix and where on the streets it was.</summary>
/// <param name="Number">Which of the fixes that were taken, counted from 0.</param>
/// <param name="Edge">Directed edge; −1 when no street was near.</param>
/// <param name="AlongM">Metres from where driving the edge begins.</param>
/// <param name="OffM">How far right of the centre-line the fix lay, metres.</param>
/// <param name="Connected">False when nothing is known of the way from the fix before.</param>
/// <param name="Through">Edges between the one of the fix before and this one, neither of them included.</param>
public readonly record struct MatchedFix(long Number, int Edge, float AlongM, float OffM, bool Connected, int[] Through);
