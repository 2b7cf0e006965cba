using System.ComponentModel.DataAnnotations;
using ThreeOneOne.Field.Settings;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent;

/// <summary>Which vehicle this is. Settings section <c>Vehicle</c>.</summary>
[LocalOnly]
public sealed class VehicleOptions : IValidatableObject
{
    /// <summary>Unique over the installation and equal to the CN of the vehicle's certificate.</summary>
    [Required]
    public string Id { get; set; } = "";

    /// <summary>Jurisdiction in the topics; a routing hint, the hub has its own registry.</summary>
    [Required]
    public string Jurisdiction { get; set; } = "";

    public VehicleKind Kind { get; set; }

    /// <summary>Folder of everything that must survive a restart: outbox, shift, orders. Made when absent.</summary>
    [Required]
    public string Data { get; set; } = "/var/lib/field-agent";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Identifier.IsValid(Id)) yield return new ValidationResult(Identifier.Rule, [nameof(Id)]);
        if (!Identifier.IsValid(Jurisdiction)) yield return new ValidationResult(Identifier.Rule, [nameof(Jurisdiction)]);
    }
}
