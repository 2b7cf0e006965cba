namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>One line of a request's history: something that happened, a note, or a file.</summary>
/// <param name="N">Counts the lines of a request.</param>
/// <param name="At">When.</param>
/// <param name="Who">Who did it; never leaves the city.</param>
/// <param name="Kind"><c>change</c>, <c>note</c> or <c>media</c>.</param>
/// <param name="What">For the city.</param>
/// <param name="Public">Whether <paramref name="Wording"/> may be seen outside.</param>
/// <param name="Wording">For residents; null when they have nothing to read.</param>
/// <param name="File">SHA-256 of an attachment.</param>
/// <param name="FileType">Its media type.</param>
public sealed record HistoryEntry(
    int N, DateTimeOffset At, string Who, string Kind, string What, bool Public, string? Wording, string? File, string? FileType)
{
    public const string Change = "change";
    public const string Note = "note";
    public const string Media = "media";

    /// <summary>Id of a line as an update of its request, for systems outside. Never another line's.</summary>
    public static string UpdateId(string number, long n) => FormattableString.Invariant($"{number}-{n}");
}
