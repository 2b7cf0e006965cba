using System.Text.Json;

namespace ThreeOneOne.Field.Hub.Live;

/// <summary>The numbers at the top of the page. Sent when one of them changed.</summary>
public sealed class LiveCounts(LiveUnits units) : ILivePart
{
    private Counts sent;

    public void WriteSnapshot(Utf8JsonWriter json, DateTimeOffset at) => Write(json, Now());

    public void WriteChanges(Utf8JsonWriter json, DateTimeOffset at)
    {
        var now = Now();
        if (now == sent) return;
        sent = now;
        Write(json, now);
    }

    private Counts Now() => new(units.Online, units.Total, units.OnSite);

    private static void Write(Utf8JsonWriter json, Counts counts)
    {
        json.WritePropertyName("counts"u8);
        JsonSerializer.Serialize(json, counts, HubJson.Options);
    }

    private readonly record struct Counts(int UnitsOnline, int UnitsTotal, int CrewsOnSite);
}
