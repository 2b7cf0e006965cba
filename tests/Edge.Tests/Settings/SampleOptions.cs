using System.ComponentModel.DataAnnotations;

namespace ThreeOneOne.Field.Edge.Tests.Settings;

public sealed class SampleOptions : IValidatableObject
{
    [Required]
    public string Folder { get; set; } = "data";

    [Range(1, 64)]
    public int Readers { get; set; } = 4;

    public double? Floor { get; set; }

    public TimeSpan Every { get; set; } = TimeSpan.FromSeconds(5);

    [ThreeOneOne.Field.Settings.LocalOnly]
    public string Own { get; set; } = "";

    public bool Loud { get; set; }

    public DayOfWeek Day { get; set; }

    public string[] Names { get; set; } = [];

    public Dictionary<string, int> Days { get; set; } = new() { ["pothole"] = 3 };

    public InnerOptions Inner { get; set; } = new();

    [Range(0, 100)]
    public int From { get; set; }

    [Range(0, 100)]
    public int To { get; set; } = 10;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (From > To) yield return new ValidationResult("a value up to To", [nameof(From)]);
    }

    public sealed class InnerOptions
    {
        [Range(0.0, 1.0)]
        public double Share { get; set; } = 0.5;
    }
}
