namespace ThreeOneOne.Field.Wire;

/// <summary>What was done at one place of an order. Its position and time are the action's.</summary>
/// <param name="Type">What: "pothole", "crack", or the answer at a stop of an inspection: "ok", "defect".</param>
/// <param name="Quantity">How much; null: one.</param>
/// <param name="Unit">Of what: "m2", "kg", "bag"; null: pieces.</param>
/// <param name="Stop">Id of the stop of an inspection route that it answers.</param>
public sealed record RepairPoint(string? Type = null, double? Quantity = null, string? Unit = null, string? Stop = null);
