namespace ThreeOneOne.Field.Hub.Crews;

/// <summary>A crew was registered, or signed on, off or over to another vehicle.</summary>
public sealed record CrewChanged(CrewSummary Summary);
