using System.Text;
using ThreeOneOne.Field.Hub.Vehicles;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Broker;

/// <summary>
/// Writes mosquitto's access rules. Exact topics for each vehicle: a pattern with a wildcard jurisdiction would let a
/// vehicle write into another city and into its own <c>down/</c>, where it could forge the hub's acknowledgement.
/// </summary>
internal static class BrokerRules
{
    /// <param name="vehicles">Who may connect; whoever is barred is left out.</param>
    public static string Write(IEnumerable<Vehicle> vehicles)
    {
        var text = new StringBuilder("# Written by field-hub; changes are lost.\n");
        foreach (var (session, rules) in HubSession.Rules)
        {
            text.Append($"\nuser {session}\n");
            foreach (var rule in rules) text.Append($"topic {rule}\n");
        }

        foreach (var vehicle in vehicles.OrderBy(v => v.Id, StringComparer.Ordinal))
        {
            // The registry checks both; a line break here would be a rule of its own.
            var id = Identifier.Require(vehicle.Id, "vehicle id");
            var jurisdiction = Identifier.Require(vehicle.Jurisdiction, "jurisdiction");
            text.Append($"\nuser {id}\n");
            foreach (var lane in new[] { Lane.Live, Lane.Up, Lane.File, Lane.Status }) text.Append($"topic write {new Topic(jurisdiction, id, lane)}\n");
            text.Append($"topic read {Topic.AllDown(jurisdiction, id)}\n");
        }

        return text.ToString();
    }
}
