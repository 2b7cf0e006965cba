using System.Globalization;

namespace ThreeOneOne.Field.Hub.Automation;

/// <summary>Whether a service has earned automation in a district.</summary>
/// <param name="Field">What crews found in the last inspections: the precision that is published.</param>
/// <param name="RejectedSince">
/// Proposals of the same time that a person rejected because there was no defect. No crew saw them, but they would have
/// been opened: who earns automation by review alone must carry them.
/// </param>
public sealed record Standing(Precision Field, int RejectedSince)
{
    /// <summary>Share that would have been right, had nobody reviewed.</summary>
    public double? Earned => Field.Inspections + RejectedSince == 0 ? null : (double)Field.Confirmed / (Field.Inspections + RejectedSince);

    /// <summary>Why automatic is not to be had; null when it is.</summary>
    public string? Lock(AutomationOptions options)
    {
        if (Field.Inspections < options.Inspections)
            return string.Create(CultureInfo.InvariantCulture, $"crews have inspected {Field.Inspections} of the {options.Inspections} proposals that it takes");
        if (Earned >= options.Goal) return null;
        var rejected = RejectedSince == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" with {RejectedSince} that were rejected as no defect");
        return string.Create(CultureInfo.InvariantCulture,
            $"{Field.Confirmed} of the last {Field.Inspections + RejectedSince} proposals{rejected} were confirmed, {Earned:P1} where {options.Goal:P1} is the goal");
    }
}
