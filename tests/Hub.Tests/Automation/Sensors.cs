using ThreeOneOne.Field.Hub.Automation;

namespace ThreeOneOne.Field.Hub.Tests.Automation;

/// <summary>How far sensors may go in a test.</summary>
internal static class Sensors
{
    /// <summary>All that they propose is opened, as where it has been earned.</summary>
    public static AutomationOptions Trusted => new() { Mode = AutomationMode.Automatic, DailyCap = 10_000 };
}
