using System.Globalization;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Doctor;

/// <summary>Whether the system's clock can be right, and who stands behind it.</summary>
internal sealed class ClockCheck(DeviceClock clock, TimeProvider time) : ICheck
{
    public string Name => "clock";

    public Task<Finding> LookAsync(CancellationToken stop)
    {
        clock.LookAtNetwork();
        var now = time.GetUtcNow();
        var shown = now.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
        return Task.FromResult(
            clock.IsKnown ? new Finding(Name, CheckState.Ok, $"{shown}, by {(clock.Source == ClockSource.Network ? "a time server" : "satellites")}")
            : clock.Source == ClockSource.Unset ? new Finding(Name, CheckState.Wrong, $"it shows {shown}, which is impossible", "give the receiver a view of the sky or the vehicle a network (timedatectl); the agent repairs times by itself then")
            : new Finding(Name, CheckState.Note, $"it shows {shown}, and no time server stands behind it", "nothing, when the receiver has a fix: the agent takes the satellites' time; else systemctl status systemd-timesyncd"));
    }
}
