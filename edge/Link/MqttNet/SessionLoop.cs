using System.Diagnostics.CodeAnalysis;
using MQTTnet;

namespace ThreeOneOne.Field.Link;

/// <summary>Keeps one session alive: connect, subscribe, wait for the loss, wait, connect again.</summary>
internal sealed class SessionLoop(LinkOptions options, TimeProvider time, ISessionOwner owner, bool receivesBatches) : IAsyncDisposable
{
    private static readonly TimeSpan LongestConnect = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LongestGoodbye = TimeSpan.FromSeconds(1);

    private readonly MqttClientFactory factory = new();
    private readonly BackOff backOff = new(options.ReconnectFirst, options.ReconnectLongest, BackOff.ChanceOf(options.ClientId));
    private readonly CancellationTokenSource stop = new();
    private readonly Lock gate = new();
    private CancellationTokenSource? current;
    private Task running = Task.CompletedTask;
    private int disposed;

    public void Start() => running = Task.Run(RunAsync);

    /// <summary>Gives the present connection up, so that a new one is made.</summary>
    public void Drop()
    {
        lock (gate) current?.Cancel();
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) != 0) return;
        await stop.CancelAsync().ConfigureAwait(false);
        await running.ConfigureAwait(false);
        stop.Dispose();
    }

    private async Task RunAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            var began = time.GetTimestamp();
            var (accepted, renews, reason) = await RunOneAsync().ConfigureAwait(false);
            // A broker that accepts and drops at once must not be asked ever faster.
            if (accepted && time.GetElapsedTime(began) >= options.ReconnectLongest) backOff.Reset();
            owner.Closed(reason);
            if (!renews) await Task.Delay(backOff.Next(), time, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever the library throws, the connection is over and the next attempt follows.")]
    private async Task<(bool Accepted, bool Renews, string Reason)> RunOneAsync()
    {
        string? wrong = null;
        using var tls = options.Tls is null ? null : TlsCheck.Open(options.Tls, time, out wrong);
        if (wrong is not null) return (false, false, wrong);
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
        lock (gate) current = lost;
        using var client = factory.CreateMqttClient();
        var connection = new Connection(client, lost.Token);
        var reason = "the connection was lost";
        client.ApplicationMessageReceivedAsync += received =>
        {
            connection.NoteHeard();
            received.AutoAcknowledge = !receivesBatches;
            owner.Message(connection, received);
            return Task.CompletedTask;
        };
        client.DisconnectedAsync += e =>
        {
            reason = e.ReasonString is { Length: > 0 } said ? said : e.Exception is { } x ? Innermost(x) : reason;
            return lost.CancelAsync();
        };
        var accepted = false;
        var renews = false;
        try
        {
            var login = options.Login?.Invoke();
            if (await OpenAsync(connection, login, tls).ConfigureAwait(false) is { } refusal) return (false, false, refusal);
            accepted = true;
            owner.Ready(connection);
            // What is on its way when the password is renewed counts as not connected, and its owner sends it again.
            await Task.Delay(login?.RenewAfter ?? Timeout.InfiniteTimeSpan, time, lost.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            renews = !lost.IsCancellationRequested;
            if (renews) reason = "the password is renewed";
            if (renews || stop.IsCancellationRequested) await SayGoodbyeAsync(client).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            reason = tls?.Refusal is { } refused ? $"the broker's certificate is refused: {refused}" : Innermost(e);
        }
        finally
        {
            lock (gate) current = null;
        }

        return (accepted, renews, stop.IsCancellationRequested ? "the link was closed" : reason);
    }

    private async Task<string?> OpenAsync(Connection connection, LinkLogin? login, TlsCheck? tls)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(connection.Lost);
        late.CancelAfter(LongestConnect);
        var result = await connection.Client.ConnectAsync(SessionOptions.Of(options, login, tls, receivesBatches), late.Token).ConfigureAwait(false);
        if (result.ResultCode != MqttClientConnectResultCode.Success) return $"the broker refused the session: {result.ResultCode}";
        connection.SessionPresent = result.IsSessionPresent;
        connection.LongestPacket = result.MaximumPacketSize is > 0 and var most ? most : null;
        if (options.Subscriptions.Count == 0) return null;
        var granted = await connection.Client.SubscribeAsync(SessionOptions.Subscriptions(options), late.Token).ConfigureAwait(false);
        var denied = granted.Items.FirstOrDefault(i => (int)i.ResultCode >= (int)MqttClientSubscribeResultCode.UnspecifiedError);
        return denied is null ? null : $"the broker refused a subscription: {denied.TopicFilter.Topic}, {denied.ResultCode}";
    }

    private static string Innermost(Exception e)
    {
        while (e.InnerException is { } inner) e = inner;
        return e.Message;
    }

    [SuppressMessage("Design", "CA1031", Justification = "A goodbye that fails is a connection that is gone.")]
    private static async Task SayGoodbyeAsync(IMqttClient client)
    {
        using var late = new CancellationTokenSource(LongestGoodbye);
        try
        {
            await client.DisconnectAsync(new MqttClientDisconnectOptions(), late.Token).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // The broker sends the last will then.
        }
    }
}
