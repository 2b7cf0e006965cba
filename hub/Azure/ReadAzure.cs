using Microsoft.AspNetCore.Http.HttpResults;
using ThreeOneOne.Field.Hub.Access;

namespace ThreeOneOne.Field.Hub.Azure;

/// <summary><c>GET /api/azure</c>: how the city's IoT Hub and this hub get on, since the start.</summary>
internal static class ReadAzure
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/azure", Handle).RequirePermission("ingest.read").WithSummary("Read how the hub and the city's Azure IoT Hub get on");

    private static Ok<View> Handle(AzureOptions options, EventCounts counts, AzureDownlink downlink, ServiceApi service, KeepDevices devices) => TypedResults.Ok(new View(
        options.IsOn, options.Host, options.Vehicles, counts.Last, counts.All, downlink.Figures.Sent, downlink.Figures.Failed, service.Throttled,
        devices.Waiting));

    /// <param name="On">False: no vehicle speaks through IoT Hub.</param>
    /// <param name="Host">The IoT Hub.</param>
    /// <param name="Vehicles">Those that speak through it; * for all.</param>
    /// <param name="LastEvent">When Event Grid was heard last.</param>
    /// <param name="Events">What came, by what became of it.</param>
    /// <param name="Sent">Messages that vehicles took.</param>
    /// <param name="Failed">Messages that they did not.</param>
    /// <param name="Throttled">Calls that were answered 429.</param>
    /// <param name="Devices">Devices that IoT Hub still has otherwise than a revocation or an enrolment here says; each is tried again.</param>
    private sealed record View(
        bool On, string Host, IReadOnlyList<string> Vehicles, DateTimeOffset? LastEvent, IReadOnlyDictionary<string, long> Events, long Sent, long Failed, long Throttled,
        IReadOnlyList<WaitingDevice> Devices);
}
