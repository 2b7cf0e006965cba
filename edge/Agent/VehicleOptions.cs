using System.ComponentModel.DataAnnotations;
using ThreeOneOne.Field.Settings;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent;

/// <summary>Which vehicle this is. Settings section <c>Vehicle</c>.</summary>
[LocalOnly]
public sealed class VehicleOptions : IValidatableObject
{
    /// <summary>
    /// Folder of the identity that enrolment makes: key, certificate, authority, addresses. Empty: <c>Id</c>, <c>Jurisdiction</c> and the section
    /// <c>Link</c> say it all by hand.
    /// </summary>
    public string Identity { get; set; } = "";

    /// <summary>Unique over the installation and equal to the CN of the vehicle's certificate; empty: what the identity says.</summary>
    public string Id { get; set; } = "";

    /// <summary>Jurisdiction in the topics; a routing hint, the hub has its own registry. Empty: what the identity says.</summary>
    public string Jurisdiction { get; set; } = "";

    public VehicleKind Kind { get; set; }

    /// <summary>Folder of everything that must survive a restart: outbox, shift, orders. Made when absent.</summary>
    [Required]
    public string Data { get; set; } = "/var/lib/field-agent";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Identifier.IsValid(Id) && (Id.Length > 0 || Identity.Length == 0)) yield return new ValidationResult(Identifier.Rule, [nameof(Id)]);
        if (!Identifier.IsValid(Jurisdiction) && (Jurisdiction.Length > 0 || Identity.Length == 0)) yield return new ValidationResult(Identifier.Rule, [nameof(Jurisdiction)]);
    }
}
