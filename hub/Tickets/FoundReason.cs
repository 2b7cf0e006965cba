using ThreeOneOne.Field.Hub.Automation;

namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>Reasons by which a crew that could not complete an order says what it found: what each means for sites and sensors is said here only.</summary>
public static class FoundReason
{
    /// <summary>There was nothing to fix.</summary>
    public const string NothingFound = "nothing-found";

    /// <summary>Something else is wrong there: what sensors took it for is not.</summary>
    public const string OtherDefect = "other-defect";

    /// <summary>It is there, and not the city's.</summary>
    public const string OtherOwner = "other-owner";

    /// <summary>Whether the crew looked and did not find what was reported.</summary>
    public static bool IsAbsent(string? reason) => reason is NothingFound or OtherDefect;

    /// <summary>What it says of the sensor that proposed the work; null when the crew was kept from looking.</summary>
    public static Label? LabelOf(string? reason) => reason switch
    {
        NothingFound => Label.NotFound,
        OtherDefect => Label.OtherDefect,
        OtherOwner => Label.OtherOwner,
        _ => null,
    };
}
