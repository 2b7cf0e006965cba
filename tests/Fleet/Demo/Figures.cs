using System.Text;
using System.Text.Json;

namespace ThreeOneOne.Field.Fleet.Demo;

/// <summary>The last line of a run. The first members and their names are agreed; more may follow.</summary>
public sealed record Figures
{
    public required int Vehicles { get; init; }

    public required long Readings { get; init; }

    public required long Observations { get; init; }

    public required long Sites { get; init; }

    public required Count RequestsOpened { get; init; }

    public required int WorkOrdersClosed { get; init; }

    public required int Lost { get; init; }

    public required int Duplicated { get; init; }

    public required Percentiles TicketMs { get; init; }

    public required Percentiles FeedMs { get; init; }

    public required Score Score { get; init; }

    /// <summary>Rows of the hub that no append log names: must be 0.</summary>
    public required int Foreign { get; init; }

    public required int AgentProcesses { get; init; }

    public required int AgentsKilled { get; init; }

    public required double Speed { get; init; }

    public required double Seconds { get; init; }

    public required int Seed { get; init; }

    public string ToJson()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteNumber("vehicles", Vehicles);
            json.WriteNumber("readings", Readings);
            json.WriteNumber("observations", Observations);
            json.WriteNumber("sites", Sites);
            Write(json, "requests_opened", RequestsOpened);
            json.WriteNumber("work_orders_closed", WorkOrdersClosed);
            json.WriteNumber("lost", Lost);
            json.WriteNumber("duplicated", Duplicated);
            Write(json, "ticket_ms_p50", TicketMs.At(0.5));
            Write(json, "ticket_ms_p99", TicketMs.At(0.99));
            Write(json, "feed_ms_p50", FeedMs.At(0.5));
            Write(json, "feed_ms_p99", FeedMs.At(0.99));
            Write(json, "planted", Score.Planted);
            Write(json, "found", Score.Found);
            Write(json, "missed", Score.Missed);
            Write(json, "false", Score.False);
            Write(json, "unverified", Score.Unverified);
            Write(json, "found_by_real_agents", Score.FoundByRealAgents);
            json.WriteNumber("foreign", Foreign);
            json.WriteNumber("agent_processes", AgentProcesses);
            json.WriteNumber("agents_killed", AgentsKilled);
            json.WriteNumber("speed", Speed);
            json.WriteNumber("seconds", Math.Round(Seconds, 1));
            json.WriteNumber("seed", Seed);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Write(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } v) json.WriteNumber(name, Math.Round(v, 1));
        else json.WriteNull(name);
    }

    private static void Write(Utf8JsonWriter json, string name, Count count)
    {
        json.WriteStartObject(name);
        json.WriteNumber("lamp", count.Lamp);
        json.WriteNumber("pothole", count.Pothole);
        if (count.Repair is { } repair) json.WriteNumber("repair", repair);
        json.WriteEndObject();
    }
}
