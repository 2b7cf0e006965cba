namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>What an order asks for.</summary>
public static class OrderKind
{
    public const string Repair = "repair";

    /// <summary>To contain a hazard: done when made safe, and a repair follows.</summary>
    public const string MakeSafe = "make-safe";

    /// <summary>To make a temporary repair permanent.</summary>
    public const string Permanent = "permanent";

    /// <summary>To look at places, stop by stop.</summary>
    public const string Inspection = "inspection";

    public static readonly string[] All = [Repair, MakeSafe, Permanent, Inspection];

    /// <summary>Whether the completion of such an order says that the defect is gone.</summary>
    public static bool Repairs(string kind) => kind is Repair or Permanent;
}
