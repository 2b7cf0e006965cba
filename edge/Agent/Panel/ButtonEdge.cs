namespace ThreeOneOne.Field.Agent.Panel;

/// <summary>The button went down or came up.</summary>
/// <param name="Down">Which of the two.</param>
/// <param name="AtMs">When, milliseconds of the source's own steady clock: only differences say something.</param>
public readonly record struct ButtonEdge(bool Down, long AtMs);
