using ThreeOneOne.Field.Agent.Positioning;

namespace ThreeOneOne.Field.Agent.WorkOrders;

/// <summary>A vehicle within reach of a job.</summary>
/// <param name="Entered">The first fix that was inside.</param>
/// <param name="Stands">The first fix inside at which it stood where it stands now; null while it moves, or stands outside.</param>
/// <param name="Noticed">An arrival was taken, or taken back: not again in this visit.</param>
internal sealed record Visit(Fix Entered, Fix? Stands, bool Noticed);
