using System.ComponentModel.DataAnnotations;

namespace ThreeOneOne.Field.Hub.Backlog;

/// <summary>How the requests that a city has already are read.</summary>
public sealed class BacklogOptions
{
    public const string Section = "Backlog";

    /// <summary>
    /// JSON that says what the file calls things (<see cref="BacklogMap"/>); without a root it lies beside the program. Empty: the
    /// hub's own words.
    /// </summary>
    [Required(AllowEmptyStrings = true)]
    public string MapFile { get; set; } = "";
}
