namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>
/// What an order cost, as a pure function of its history, the table of rates and who was on board: time that was measured,
/// what crews tapped, and for the rest the presets. A tap replaces preset and measure of its code for that crew.
/// </summary>
public static class OrderCosts
{
    private const string Measured = "measured";
    private const string Tapped = "tapped";
    private const string ByPreset = "preset";

    /// <param name="service">Service code of the order.</param>
    /// <param name="story">Its history.</param>
    /// <param name="rates">The city's table.</param>
    /// <param name="members">People on board in a shift at a work time; at least one.</param>
    public static IReadOnlyList<CostLine> Of(string service, OrderStory story, RateTable rates, Func<OrderEvent, int> members)
    {
        var lines = new List<CostLine>();
        var presets = rates.PresetsOf(service);
        // Time that was measured is paid, whether or not the service has a preset of it.
        var items = presets.Any(p => p.Code == RateTable.Labour) || rates.Find(RateTable.Labour) is null
            ? presets
            : [.. presets, new RateTable.Preset(service, RateTable.Labour, 0, "order")];
        var work = story.Standing.Where(e => e.FromCrew && e.Kind is not (OrderEventKind.Seen or OrderEventKind.Duress)).ToList();
        foreach (var crew in work.Select(e => e.Crew).Distinct().Order(StringComparer.Ordinal))
        {
            var own = work.FindAll(e => e.Crew == crew);
            var taps = own.SelectMany(e => (e.Used ?? []).Select(u => (e.AtMs, Item: u))).ToList();
            lines.AddRange(taps.Select(t => Line(rates, t.AtMs, crew, t.Item.Code, t.Item.Quantity, Tapped)));
            var tapped = taps.Select(t => t.Item.Code).ToHashSet(StringComparer.Ordinal);
            var stretches = WorkTime.Of(own, crew);
            var points = own.FindAll(e => e.Kind is OrderEventKind.Point or OrderEventKind.FixedHere);
            // A preset is what the job takes, once: only the crew that did it has it.
            var decided = story.State.Decided is { Kind: not OrderEventKind.CannotComplete } done && done.Crew == crew ? done : null;
            foreach (var item in items.Where(i => !tapped.Contains(i.Code)))
            {
                var rate = rates.Find(item.Code)!;
                if (rate.ByHour && stretches.Count > 0)
                {
                    foreach (var (from, to, shift) in stretches)
                    {
                        var people = item.Code == RateTable.Labour ? members(own.Find(e => e.AtMs == from && e.Shift == shift)!) : 1;
                        lines.Add(Line(rates, to, crew, item.Code, (to - from) / 3_600_000.0 * people, Measured));
                    }

                    continue;
                }

                var times = item.Per == "point" ? Math.Max(points.Count, decided is null ? 0 : 1) : decided is null ? 0 : 1;
                if (times == 0 || item.Quantity == 0) continue;
                var at = decided ?? points[^1];
                lines.Add(Line(rates, at.AtMs, crew, item.Code, item.Quantity * times * (item.Code == RateTable.Labour ? members(at) : 1), ByPreset));
            }
        }

        return [.. lines.OrderBy(l => l.AtMs).ThenBy(l => l.Crew, StringComparer.Ordinal).ThenBy(l => l.Code, StringComparer.Ordinal).ThenBy(l => l.Quantity)];
    }

    private static CostLine Line(RateTable rates, long atMs, string? crew, string code, double quantity, string source)
    {
        // What the table doesn't know costs nothing and is not forgotten.
        var rate = rates.Find(code);
        var rounded = Math.Round(quantity, 4, MidpointRounding.AwayFromZero);
        return new CostLine(
            atMs, crew, code, rate?.Kind ?? "unknown", rounded, rate?.Unit ?? "", (long)Math.Round(rounded * (rate?.Cents ?? 0), MidpointRounding.AwayFromZero), source);
    }
}
