using System.Diagnostics.CodeAnalysis;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Vehicles;
using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Commands;

/// <summary>
/// Sends each vehicle that is connected its open commands: at once, when it connects, and again at an interval until its
/// result is here or the command has expired. That the vehicle runs it once is the vehicle's part: it remembers ids.
/// </summary>
public sealed class SendCommands(
    Database database, VehicleStatuses statuses, Downlink downlink, CommandsInbox inbox, CommandsOptions options, TimeProvider time, ILogger<SendCommands> log)
    : BackgroundService
{
    private readonly Dictionary<string, DateTimeOffset> lastSent = [];
    private volatile bool open = true;

    [SuppressMessage("Design", "CA1031", Justification = "A failing round is logged and the next one tries again.")]
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Statuses come often and commands seldom: nobody looks when none is open.
        statuses.Changed += _ =>
        {
            if (open) inbox.Knock();
        };
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.ResendSeconds), time);
        var round = timer.WaitForNextTickAsync(stoppingToken).AsTask();
        var knock = inbox.Due.ReadAsync(stoppingToken).AsTask();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await SendAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.RoundFailed(e);
            }

            var first = await Task.WhenAny(round, knock).ConfigureAwait(false);
            if (first == knock) knock = inbox.Due.ReadAsync(stoppingToken).AsTask();
            else round = timer.WaitForNextTickAsync(stoppingToken).AsTask();
        }
    }

    private async Task SendAsync(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var due = await database.ReadAsync(CommandStore.Open, cancel).ConfigureAwait(false);
        open = due.Count > 0;
        if (due.Exists(c => c.Expires <= now)) await database.WriteAsync(CommandStore.Expire, WritePriority.Interactive, cancel).ConfigureAwait(false);
        foreach (var gone in lastSent.Keys.Except(due.Select(c => c.Id)).ToList()) lastSent.Remove(gone);
        foreach (var command in due.Where(c => c.Expires > now && statuses.Find(c.Vehicle).Online))
        {
            if (lastSent.TryGetValue(command.Id, out var last) && now - last < TimeSpan.FromSeconds(options.ResendSeconds) * 0.9) continue;
            var result = await downlink.SendAsync(command.Vehicle, Lane.Command, WireCodec.Encode(command.ToWire(), WireJson.Default.Command), cancel).ConfigureAwait(false);
            if (result != DeliveryResult.Accepted) continue;
            lastSent[command.Id] = now;
            if (command.State == VehicleCommand.Queued)
                await database.WriteAsync(scope => CommandStore.MarkSent(scope, command.Id), WritePriority.Interactive, cancel).ConfigureAwait(false);
        }
    }
}
