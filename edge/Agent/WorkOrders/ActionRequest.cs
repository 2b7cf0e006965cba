using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.WorkOrders;

/// <summary>What a crew asks for.</summary>
public sealed record ActionRequest
{
    /// <summary>Made by the screen, 1 to 64 characters: pressing twice with one id is one action.</summary>
    public string? Id { get; init; }

    public CrewActionKind Kind { get; init; }

    /// <summary>Work order id; required except for fixedHere, report, hazard, undo and duress.</summary>
    public string? Order { get; init; }

    /// <summary>Service code; required for fixedHere and report.</summary>
    public string? Service { get; init; }

    /// <summary>One of <see cref="HazardKind.All"/>; required for hazard.</summary>
    public string? Hazard { get; init; }

    /// <summary>At most 1,000 characters; note needs it, or attachments.</summary>
    public string? Note { get; init; }

    /// <summary>Required for cannotComplete and wait (parts, utility, weather, police or permit); at most 200 characters.</summary>
    public string? Reason { get; init; }

    /// <summary>Id of the action that undo takes back.</summary>
    public string? Undoes { get; init; }

    /// <summary>Code of the city's list of resolutions, for what completes; null: the usual one.</summary>
    public string? Resolution { get; init; }

    /// <summary>When the permanent repair after a temporary one is due, or when a wait should end.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Crew id to which handOver gives the order; null: the office.</summary>
    public string? To { get; init; }

    /// <summary>What was done here, for point and fixedHere.</summary>
    public RepairPoint? Point { get; init; }

    /// <summary>What the job took; required for use, and taken with any completion; at most 20 items.</summary>
    public UsedItem[]? Used { get; init; }

    /// <summary>SHA-256 names, as POST /console/attachments gave them, of what follows; at most 8.</summary>
    public string[]? Attachments { get; init; }

    /// <summary>Pseudonym of the member who acts; null: the crew as one.</summary>
    public string? Member { get; init; }
}
