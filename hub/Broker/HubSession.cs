using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Broker;

/// <summary>
/// The hub's own sessions and the least that each must be allowed. Each has a certificate with its own name, because the
/// broker takes the client id from the certificate: nobody can take over a session with another's certificate.
/// </summary>
internal static class HubSession
{
    public static readonly IReadOnlyDictionary<string, string[]> Rules = new SortedDictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["hub-down"] = ["write field/v1/+/+/down/#"],
        ["hub-durable"] = [$"read {Topic.AllUp}"],
        ["hub-files"] = [$"read {Topic.AllFiles}"],
        ["hub-live"] = [$"read {Topic.AllLive}", $"read {Topic.AllStatus}"],
    };
}
