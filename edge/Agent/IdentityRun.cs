using Microsoft.Extensions.Logging;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Enrolment;
using ThreeOneOne.Field.Agent.Health;

namespace ThreeOneOne.Field.Agent;

/// <summary>What <c>field-agent run</c> does about the vehicle's identity: waits for one before the vehicle, and keeps it beside it.</summary>
internal static class IdentityRun
{
    /// <summary>Returns when the vehicle is enrolled.</summary>
    /// <exception cref="OperationCanceledException">The program is to end.</exception>
    public static async Task WaitAsync(string[] args, ServiceNotice? notice, AgentLogs logs, CancellationToken stop)
    {
        using var wrong = new StringWriter();
        // What is wrong is said when the vehicle itself reads them, with its device profile.
        if (AgentSettings.Read(args, wrong) is not { IsEnrolled: false } settings) return;
        notice?.Ready();
        notice?.Status("waits for a code: this computer is no vehicle yet");
        var clock = new DeviceClock(TimeProvider.System, options: settings.Options.Clock);
        clock.LookAtNetwork();
        await Keeper(settings, clock, logs).WaitAsync(() => notice?.Alive(), stop).ConfigureAwait(false);
    }

    /// <summary>Renews and looks, until the vehicle ends or must begin anew.</summary>
    /// <returns>True when it must begin anew, because the identity says another broker or vehicle; <paramref name="end"/> is cancelled then.</returns>
    public static async Task<bool> KeepAsync(AgentSettings settings, VehicleAgent agent, AgentLogs logs, CancellationTokenSource end)
    {
        if (settings.Identity is null) return false;
        try
        {
            await Keeper(settings, agent.Clock, logs).RunAsync(() => agent.Signs.Connected, end.Token).ConfigureAwait(false);
            await end.CancelAsync().ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            return false;
        }
    }

    private static IdentityKeeper Keeper(AgentSettings settings, DeviceClock clock, AgentLogs logs) => new(
        settings.Enrolment, settings.Identity!, settings.Options.Vehicle.Id, clock, TimeProvider.System, new Random(Environment.ProcessId), logs.CreateLogger<IdentityKeeper>());
}
