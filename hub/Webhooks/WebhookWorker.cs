using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Webhooks;

/// <summary>
/// Delivers what waits: to each subscription one after the other in the order in which requests first had news, several subscriptions at a
/// time, so that one which is slow holds up no other. A request that the receiver refuses is passed over and tried again later; only
/// that request waits. What was sent and not yet noted as sent is sent again, with the same id.
/// </summary>
internal sealed class WebhookWorker(
    WebhooksOptions options, Database database, WebhookBody body, WebhookHttp http, WebhookSecrets secrets, WebhookPace pace, TimeProvider time, ILogger<WebhookWorker> log)
{
    // Then others get their turn.
    private const int MostInTurn = 50;

    // One refusal is about its request. A receiver that refuses another one, too, has trouble of its own.
    private const int RefusalsInTurn = 2;

    // Longer than a delivery: one whose hub has ended goes on soon. Each delivery makes it last again.
    private TimeSpan Lease => options.Timeout * 3;

    /// <returns>How many subscriptions had a turn.</returns>
    public async Task<int> RunDueAsync(CancellationToken cancel)
    {
        var claimed = await database.WriteAsync(scope => WebhookStore.Claim(scope, options.Concurrency, Lease), WritePriority.Bulk, cancel).ConfigureAwait(false);
        var moved = await Task.WhenAll(claimed.Select(w => RunAsync(w, cancel))).ConfigureAwait(false);
        return moved.Count(m => m);
    }

    /// <returns>False when the pace lets nothing out.</returns>
    private async Task<bool> RunAsync(Webhook webhook, CancellationToken cancel)
    {
        if (secrets.Check(webhook.Id, webhook.SecretN) != webhook.SecretCheck)
        {
            await SaveAsync(WebhookLife.Disabled(webhook, "disabled because its secret is not the one that was given out: the key file of the data folder is another one; give it a new secret"), cancel)
                .ConfigureAwait(false);
            return true;
        }

        var (moved, refusals) = (false, 0);
        for (var i = 0; i < MostInTurn; i++)
        {
            var (waiting, message) = await database.ReadAsync(
                c => WebhookStore.First(c, webhook.Id, time.GetUtcNow()) is { } first ? (first, body.Of(c, webhook, first)) : ((Waiting?)null, null), cancel).ConfigureAwait(false);
            if (waiting is null) break;
            WebhookAnswer? answer = null;
            if (message?.Bytes is { } bytes)
            {
                if (!pace.Take()) break;
                answer = await http.SendAsync(webhook, message.EventId, bytes, cancel).ConfigureAwait(false);
            }

            moved = true;
            var now = time.GetUtcNow();
            var next = answer is null ? webhook : answer.Cause is null ? WebhookLife.Delivered(webhook, message!.EventId, now) : WebhookLife.Failed(webhook, answer, now, options);
            var refusal = answer is { Cause: not null, RefusesThisOne: true } && next.State == Webhook.Active ? WebhookLife.Refused(waiting, answer, now, options) : null;
            if (refusal is not null && ++refusals < RefusalsInTurn) next = next with { DueAt = null };
            if (!await NoteAsync(next, waiting, message, answer, refusal, cancel).ConfigureAwait(false)) return true;
            Tell(webhook, next);
            webhook = next;
            if (!GoesOn(webhook)) return true;
        }

        await SaveAsync(webhook, cancel).ConfigureAwait(false);
        return moved;
    }

    // A failed delivery makes a subscription wait or ends it.
    private static bool GoesOn(Webhook webhook) => webhook.State == Webhook.Active && webhook.DueAt is null;

    private Task<bool> NoteAsync(Webhook next, Waiting waiting, WebhookBody.Message? message, WebhookAnswer? answer, WebhookRefusal? refusal, CancellationToken cancel) =>
        database.WriteAsync(scope =>
        {
            if (!WebhookStore.Save(scope, next, GoesOn(next) ? Lease : null)) return false;
            if (refusal is not null) WebhookStore.SetAside(scope, next.Id, waiting, refusal);
            if (answer?.Cause is not null) return true;
            if (message?.Status is null) WebhookStore.Forget(scope, next.Id, waiting);
            else WebhookStore.Told(scope, next.Id, waiting, message.Status, message.Digest);
            return true;
        }, WritePriority.Bulk, cancel);

    private Task SaveAsync(Webhook webhook, CancellationToken cancel) =>
        database.WriteAsync(scope => { WebhookStore.Save(scope, webhook); }, WritePriority.Bulk, cancel);

    private void Tell(Webhook before, Webhook after)
    {
        if (after.State == Webhook.Disabled) log.Disabled(after.Id, after.Cause!);
        else if (before.Failures == 0 && after.Failures > 0) log.Failing(after.Id, after.Cause!);
        else if (before.Failures > 0 && after.Failures == 0) log.Works(after.Id);
    }
}
