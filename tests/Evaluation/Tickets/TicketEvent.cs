using ThreeOneOne.Field.Fleet.City;

namespace ThreeOneOne.Field.Evaluation.Tickets;

/// <summary>A request was opened (again), or taken back.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Open">Opened or reinstated; false: withdrawn.</param>
/// <param name="At">Where its defect is held to be.</param>
/// <param name="Time">When, UTC.</param>
internal sealed record TicketEvent(string Number, bool Open, Place At, DateTimeOffset Time);
