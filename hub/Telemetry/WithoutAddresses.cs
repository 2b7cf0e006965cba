using System.Diagnostics;
using OpenTelemetry;

namespace ThreeOneOne.Field.Hub.Telemetry;

/// <summary>Takes out of a trace whose request it was and what it was about: the route says enough.</summary>
internal sealed class WithoutAddresses : BaseProcessor<Activity>
{
    private static readonly string[] Left = ["url.path", "url.query", "url.full", "user_agent.original", "client.address", "client.port", "network.peer.address", "network.peer.port"];

    public override void OnEnd(Activity data)
    {
        foreach (var tag in Left) data.SetTag(tag, null);
    }
}
