namespace ThreeOneOne.Field.Wire;

/// <summary>Tells a crew what became of an order that it had: nobody drives to a job that somebody else has done.</summary>
/// <param name="Order">Order id.</param>
/// <param name="Number">Number on screens.</param>
/// <param name="What"><c>reassigned</c>, <c>done-by-other</c> or <c>cancelled</c>.</param>
/// <param name="Crew">Name of the crew that has or did it; null: none.</param>
/// <param name="At">When the hub learned of it, UTC.</param>
public sealed record OrderNotice(string Order, string Number, string What, string? Crew, DateTimeOffset At);
