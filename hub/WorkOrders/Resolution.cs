using ThreeOneOne.Field.Hub.Tickets;

namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>Codes by which work is done when the crew chose none. The whole list, with its wording, is the catalogue's.</summary>
public static class Resolution
{
    public const string Repaired = "repaired";
    public const string TemporaryRepair = "temporary-repair";
    public const string MadeSafe = "made-safe";
    public const string Inspected = "inspected";
    public const string NotFound = "not-found";

    /// <summary>The usual code of what a crew did; null when it says nothing about an end.</summary>
    /// <param name="e">The action that decided.</param>
    /// <param name="kind"><see cref="OrderKind"/> of the order.</param>
    public static string? Of(OrderEvent e, string kind) => e.Resolution ?? e.Kind switch
    {
        OrderEventKind.TemporaryRepair => TemporaryRepair,
        OrderEventKind.MakeSafe => MadeSafe,
        OrderEventKind.CannotComplete => e.Reason == FoundReason.NothingFound ? NotFound : null,
        OrderEventKind.Complete when kind == OrderKind.Inspection => Inspected,
        OrderEventKind.Complete when kind == OrderKind.MakeSafe => MadeSafe,
        OrderEventKind.Complete or OrderEventKind.FixedHere => Repaired,
        _ => null,
    };
}
