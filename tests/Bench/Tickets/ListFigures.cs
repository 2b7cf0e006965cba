namespace ThreeOneOne.Field.Bench.Tickets;

/// <summary>The 99th percentiles, milliseconds.</summary>
/// <param name="ListMs">A page of a list.</param>
/// <param name="SearchMs">A page of what was found by words.</param>
/// <param name="MapMs">A look at the map.</param>
/// <param name="StartSeconds">How long the hub takes to be ready.</param>
internal sealed record ListFigures(double ListMs, double SearchMs, double MapMs, double StartSeconds);
