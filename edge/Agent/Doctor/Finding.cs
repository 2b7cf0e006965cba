namespace ThreeOneOne.Field.Agent.Doctor;

/// <summary>One line for a technician.</summary>
/// <param name="Name">What was looked at.</param>
/// <param name="State">How it is.</param>
/// <param name="Says">In words.</param>
/// <param name="Remedy">What to do; null when nothing is.</param>
public sealed record Finding(string Name, CheckState State, string Says, string? Remedy = null);
