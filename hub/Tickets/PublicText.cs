using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>What people wrote, as it may leave the hub.</summary>
public static partial class PublicText
{
    /// <summary>
    /// For everybody: what looks like an e-mail address or a telephone number is left out, because people put them where no
    /// field asks for them.
    /// </summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Of(string? text) =>
        text is null ? null : Phone().Replace(Email().Replace(text, "[e-mail address]"), "[telephone number]");

    /// <summary>The description that may leave the hub: what people of the city write to each other may not.</summary>
    public static string? Description(Ticket ticket) => ticket.Source == "resident" ? Of(ticket.Description) : null;

    [GeneratedRegex(@"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+", RegexOptions.None, 1_000)]
    private static partial Regex Email();

    // Nine digits or more with what people put between them, or seven as 555-0100; dates and house numbers are shorter.
    [GeneratedRegex(@"(?<![\w.])\+?\(?\d(?:[ ()./-]{0,3}\d){8,14}(?!\w)|(?<![\w.-])\d{3}[ .-]\d{4}(?![\w-])", RegexOptions.None, 1_000)]
    private static partial Regex Phone();
}
