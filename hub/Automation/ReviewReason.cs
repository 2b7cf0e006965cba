namespace ThreeOneOne.Field.Hub.Automation;

/// <summary>Why a person rejects a proposal.</summary>
public static class ReviewReason
{
    /// <summary>The evidence shows none: counts against the precision that automation must earn.</summary>
    public const string NoDefect = "no-defect";

    public static readonly string[] All = [NoDefect, "duplicate", "not-ours", "planned-already", "too-small", "other"];
}
