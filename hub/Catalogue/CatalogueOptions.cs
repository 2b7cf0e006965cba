using System.ComponentModel.DataAnnotations;

namespace ThreeOneOne.Field.Hub.Catalogue;

/// <summary>What people may ask the city for.</summary>
public sealed class CatalogueOptions
{
    public const string Section = "Catalogue";

    /// <summary>JSON of services, departments, calendars, reasons to wait and resolutions; without a root it lies beside the program.</summary>
    [Required]
    public string File { get; set; } = "Cities/cambridge-ma/services.json";
}
