using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Vehicles;

/// <summary>
/// Brings vehicles state with a version: when it changes, when a vehicle reports that it holds another, and again at an interval
/// until each reports the one meant. What state that is, and who gets it, its owner says.
/// </summary>
/// <param name="statuses">What vehicles report.</param>
/// <param name="due">Read when somebody knocks.</param>
/// <param name="look">Knocks.</param>
/// <param name="resend">The interval.</param>
/// <param name="time">Paces it.</param>
public abstract class StateSender(VehicleStatuses statuses, ChannelReader<bool> due, Action look, TimeSpan resend, TimeProvider time) : BackgroundService
{
    protected VehicleStatuses Statuses => statuses;

    protected TimeProvider Time => time;

    /// <summary>True when a vehicle that is connected lacks something; most reports say nothing new. Runs on the thread of ingest.</summary>
    protected abstract bool IsBehind(string vehicle, VehicleStatus status);

    /// <summary>Sends what is due.</summary>
    protected abstract Task BringAsync(CancellationToken cancel);

    /// <summary>Logs a round that failed; the next one tries again.</summary>
    protected abstract void Failed(Exception e);

    [SuppressMessage("Design", "CA1031", Justification = "A failing round is logged and the next one tries again.")]
    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        statuses.Changed += Reported;
        using var timer = new PeriodicTimer(resend, time);
        var round = timer.WaitForNextTickAsync(stoppingToken).AsTask();
        var knock = due.WaitToReadAsync(stoppingToken).AsTask();
        look();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Task.WhenAny(round, knock).ConfigureAwait(false);
                if (round.IsCompleted) round = timer.WaitForNextTickAsync(stoppingToken).AsTask();
                if (knock.IsCompleted)
                {
                    due.TryRead(out _);
                    knock = due.WaitToReadAsync(stoppingToken).AsTask();
                }

                await BringAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Failed(e);
            }
        }
    }

    private void Reported(string vehicle)
    {
        if (statuses.Find(vehicle) is { Online: true, Status: { } status } && IsBehind(vehicle, status)) look();
    }
}
