using System.ComponentModel.DataAnnotations;

namespace ThreeOneOne.Field.Hub.Responsibility;

/// <summary>Who answers for what in this city. File names without a root lie beside the program.</summary>
public sealed class ResponsibilityOptions
{
    public const string Section = "Responsibility";

    /// <summary>JSON of the parties and the rules. Its form: <see cref="RulesFile"/>.</summary>
    [Required]
    public string File { get; set; } = "Cities/cambridge-ma/responsibility.json";

    /// <summary>Days after which the answer to a referral is chased, where the party names none of its own.</summary>
    [Range(1, 365)]
    public int ChaseDays { get; set; } = 14;
}
