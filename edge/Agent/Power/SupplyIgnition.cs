using System.Runtime.CompilerServices;
using ThreeOneOne.Field.Agent.Positioning;

namespace ThreeOneOne.Field.Agent.Power;

/// <summary>Ignition as a supply that is there or not: what a power hat with a battery of its own shows.</summary>
internal sealed class SupplyIgnition(string supplies, string name, TimeProvider time) : IIgnitionSource
{
    public const string Rule = "power_supply:NAME, NAME as in /sys/class/power_supply";
    public const string Supplies = "/sys/class/power_supply";

    private const string Prefix = "power_supply:";

    // The class tells changes by udev alone; a second is soon enough.
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private readonly SourceMeter meter = new(double.MaxValue, time);

    public SourceHealth Health => meter.Health;

    /// <returns>The supply that an address means; null when it is no such address.</returns>
    public static string? NameIn(string address) =>
        address.StartsWith(Prefix, StringComparison.Ordinal) && address[Prefix.Length..] is { Length: > 0 } name && !name.Contains('/') && name is not ("." or "..") ? name : null;

    public async IAsyncEnumerable<bool> ReadAsync([EnumeratorCancellation] CancellationToken stop)
    {
        bool? last = null;
        using var timer = new PeriodicTimer(Look, time);
        do
        {
            if (IsOnline() is { } online)
            {
                meter.Gave(online == last ? 0 : 1);
                if (online != last) yield return online;
                last = online;
            }
        }
        while (await timer.WaitForNextTickAsync(stop).ConfigureAwait(false));
    }

    private bool? IsOnline()
    {
        var file = Path.Combine(supplies, name, "online");
        try
        {
            // 2 is "online, programmable": it is there.
            return File.ReadAllText(file).Trim() != "0";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var others = Directory.Exists(supplies) ? Directory.EnumerateFileSystemEntries(supplies).Select(Path.GetFileName).Order(StringComparer.Ordinal).ToList() : [];
            meter.Missing(Directory.Exists(Path.Combine(supplies, name)) ? $"{file}: {e.Message}" : $"the kernel shows no supply '{name}'{(others.Count == 0 ? "" : $", but {string.Join(", ", others)}")}");
            return null;
        }
    }
}
