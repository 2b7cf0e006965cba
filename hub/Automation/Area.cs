namespace ThreeOneOne.Field.Hub.Automation;

/// <summary>One service in one district: what somebody chose there.</summary>
/// <param name="Service">Service code.</param>
/// <param name="District">District id; empty for what lies in none.</param>
/// <param name="Mode">As chosen, or as it fell back to.</param>
/// <param name="Cap">Requests a day; null: <see cref="AutomationOptions.DailyCap"/>.</param>
/// <param name="FellBackMs">When it fell back by itself, Unix milliseconds; null: it has not, or somebody has chosen since.</param>
/// <param name="ChangedMs">Last change.</param>
/// <param name="ChangedBy">Who.</param>
public sealed record Area(string Service, string District, AutomationMode Mode, int? Cap, long? FellBackMs, long ChangedMs, string ChangedBy);
