using System.ComponentModel.DataAnnotations;

namespace ThreeOneOne.Field.Hub.Updates;

/// <summary>Updates of the vehicles' agent. Settings section <c>Updates</c>.</summary>
public sealed class UpdatesOptions : IValidatableObject
{
    public const string Section = "Updates";

    /// <summary>PEM of the public keys that releases are signed by: what they did not sign is not published. Vehicles have their own copy and believe it alone.</summary>
    public string KeysFile { get; set; } = "";

    /// <summary>Vehicles that took a version back until it is offered to nobody any more.</summary>
    [Range(1, 1000)]
    public int MostFailures { get; set; } = 2;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (KeysFile.Length > 0 && !File.Exists(KeysFile)) yield return new ValidationResult("a file that exists", [nameof(KeysFile)]);
    }
}
