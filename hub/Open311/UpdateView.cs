using ThreeOneOne.Field.Hub.Tickets;

namespace ThreeOneOne.Field.Hub.Open311;

/// <summary>Public updates in the words of mySociety's extension.</summary>
internal static class UpdateView
{
    /// <summary>Every status that may be sent to us, in either case.</summary>
    public static readonly IReadOnlySet<string> Statuses = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
    {
        "OPEN", "CLOSED", "FIXED", "IN_PROGRESS", "PLANNED", "ACTION_SCHEDULED", "INVESTIGATING", "DUPLICATE", "NOT_COUNCILS_RESPONSIBILITY",
        "NO_FURTHER_ACTION", "INTERNAL_REFERRAL", "CANCELLED", "REOPEN", "FOR_TRIAGE", "UNCHANGED",
    };

    /// <summary>A picture without a word is no news: the request itself shows the newest.</summary>
    public static bool IsSeen(PublicUpdate update) => update.Text.Length > 0;

    public static GeoNode.Group Of(PublicUpdate update, string endpoint) => new()
    {
        { "update_id", update.Id },
        { "service_request_id", update.Request },
        { "status", StatusOf(update.Status, update.Stage, update.Resolution) },
        { "updated_datetime", update.At },
        { "description", PublicText.Of(update.Text) },
        { "media_url", MediaUrl.Of(endpoint, update) },
    };

    public static string StatusOf(string status, string stage, string? resolution) => status == Ticket.Open
        ? stage switch
        {
            "triage" => "INVESTIGATING",
            "referred" => "INTERNAL_REFERRAL",
            "assigned" or "waiting" => "ACTION_SCHEDULED",
            "in-progress" => "IN_PROGRESS",
            _ => "OPEN",
        }
        : resolution switch
        {
            "repaired" or "completed" or "temporary-repair" => "FIXED",
            "duplicate" => "DUPLICATE",
            "other-owner" or "private-property" or "referred" => "NOT_COUNCILS_RESPONSIBILITY",
            "not-found" or "no-action" => "NO_FURTHER_ACTION",
            _ => stage is Ticket.Withdrawn or "rejected" ? "NO_FURTHER_ACTION" : "CLOSED",
        };
}
