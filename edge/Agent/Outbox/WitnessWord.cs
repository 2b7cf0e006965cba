namespace ThreeOneOne.Field.Agent.Outbox;

/// <summary>What the witness says.</summary>
/// <param name="Epoch">The epoch that took records.</param>
/// <param name="Next">Number that its next record would have got.</param>
/// <param name="Tally">Of what was durable.</param>
/// <param name="Place">Machine and place of the folder.</param>
/// <param name="Days">Bytes appended by day.</param>
internal sealed record WitnessWord(string Epoch, long Next, Tally Tally, string Place, Dictionary<string, long>? Days = null);
