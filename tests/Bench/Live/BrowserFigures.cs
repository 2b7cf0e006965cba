namespace ThreeOneOne.Field.Bench.Live;

/// <summary>What the browsers saw.</summary>
/// <param name="Ticks">Events of the feed that arrived, of all browsers.</param>
/// <param name="TickP50">From the time in the tick to its last byte at a browser, milliseconds.</param>
/// <param name="TickP99">The same.</param>
/// <param name="SensorP50">From the time that a vehicle gave a position to it at a browser, milliseconds: of one browser.</param>
/// <param name="SensorP99">The same.</param>
/// <param name="Positions">Positions in the ticks of that browser.</param>
/// <param name="Doubled">Of them, how often a vehicle came twice in a tick.</param>
/// <param name="Lost">Ticks that a browser missed: their numbers have no gap unless it fell behind.</param>
/// <param name="MostBetweenMs">Longest time between two ticks at a browser.</param>
internal sealed record BrowserFigures(
    long Ticks, double TickP50, double TickP99, double SensorP50, double SensorP99, long Positions, long Doubled, long Lost, double MostBetweenMs)
{
    /// <exception cref="InvalidOperationException">The feed was not what it promises, and its figures are worth nothing.</exception>
    public void MustBeWhole(int browsers, double leastTicks, double vehiclesPerTick)
    {
        if (Lost > 0) throw new InvalidOperationException($"{Lost} ticks never reached a browser that reads: the stalled one slowed them, or the machine did not keep up");
        if (Ticks < browsers * leastTicks) throw new InvalidOperationException($"{Ticks} ticks for {browsers} browsers: fewer than {leastTicks:F0} each");
        if (Doubled > 0) throw new InvalidOperationException($"{Doubled} positions came twice in a tick");
        // Only what changed: a tick that held every vehicle would hold ten times as many.
        if (Positions > 3 * vehiclesPerTick * Ticks / browsers) throw new InvalidOperationException($"{Positions} positions in {Ticks / browsers} ticks: more than changed");
    }

    public override string ToString() =>
        $"{Ticks:N0} ticks, p50 {TickP50:F1} ms, p99 {TickP99:F1} ms, longest silence {MostBetweenMs:F0} ms, {Positions:N0} positions a browser, {Lost} lost";
}
