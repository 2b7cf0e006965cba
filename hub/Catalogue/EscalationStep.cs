namespace ThreeOneOne.Field.Hub.Catalogue;

/// <summary>Who hears of a request at which part of its time.</summary>
/// <param name="Percent">Of the time to the target date, in the service's calendar; below 100 it warns, above it escalates.</param>
/// <param name="Notify">The role that is told.</param>
public sealed record EscalationStep(int Percent, string Notify)
{
    public string Kind => Percent switch { < 100 => "warning", 100 => "breach", _ => "escalation" };
}
