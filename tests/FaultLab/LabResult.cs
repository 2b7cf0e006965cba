using System.Text.Json;

namespace ThreeOneOne.Field.FaultLab;

/// <summary>What a run came to.</summary>
internal sealed record LabResult(
    int Points, int Acknowledged, int Lost, int OrdersLost, int DuplicateTickets, int GapsInjected, int GapsDetected, int MosquittoLost, int Seconds,
    IReadOnlyList<string> Findings)
{
    public bool Passed => Findings.Count == 0;

    /// <summary>The last line of the output.</summary>
    public string ToLine() => JsonSerializer.Serialize(new
    {
        points = Points,
        acknowledged = Acknowledged,
        lost = Lost,
        orders_lost = OrdersLost,
        duplicate_tickets = DuplicateTickets,
        gaps_injected = GapsInjected,
        gaps_detected = GapsDetected,
        mosquitto_lost = MosquittoLost,
        seconds = Seconds,
    });
}
