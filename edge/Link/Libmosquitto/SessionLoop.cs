namespace ThreeOneOne.Field.Link;

/// <summary>
/// Keeps one session alive on a thread of its own: connect, take turns while the connection lasts, wait, connect again.
/// All native calls happen on this thread.
/// </summary>
internal sealed class SessionLoop : IAsyncDisposable
{
    // Keep-alive has to be looked at about once a second.
    private const int LongestPollMs = 1_000;
    private const int StackBytes = 256 * 1024;
    private static readonly TimeSpan LongestGoodbye = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestDrain = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(5);

    private readonly LinkOptions options;
    private readonly TimeProvider time;
    private readonly ISessionOwner owner;
    private readonly bool receivesBatches;
    private readonly BackOff backOff;
    private readonly CancellationTokenSource stop = new();
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly int wakeUp = Libc.NewEvent();
    private readonly Lock wakeGate = new();
    private bool awake;
    private bool closed;
    private int disposed;

    public SessionLoop(LinkOptions options, TimeProvider time, ISessionOwner owner, bool receivesBatches)
    {
        this.options = options;
        this.time = time;
        this.owner = owner;
        this.receivesBatches = receivesBatches;
        backOff = new BackOff(options.ReconnectFirst, options.ReconnectLongest, BackOff.ChanceOf(options.ClientId));
    }

    public void Start() => new Thread(Run, StackBytes) { IsBackground = true, Name = $"link {options.ClientId}" }.Start();

    /// <summary>Makes the thread take a turn soon. Any thread.</summary>
    public void Wake()
    {
        lock (wakeGate)
        {
            if (awake || closed) return;
            awake = true;
            Libc.Signal(wakeUp);
        }
    }

    /// <summary>Says goodbye and ends. A connect that hangs is left behind after 5 s and ends by itself.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) != 0) return;
        await stop.CancelAsync().ConfigureAwait(false);
        Wake();
        await Task.WhenAny(ended.Task, Task.Delay(LongestStop, time)).ConfigureAwait(false);
        if (!ended.Task.IsCompleted) return;
        lock (wakeGate)
        {
            closed = true;
            _ = Libc.Close(wakeUp);
        }

        stop.Dispose();
    }

    private void Run()
    {
        try
        {
            while (!stop.IsCancellationRequested)
            {
                var renewed = RunOne();
                if (!renewed && !stop.IsCancellationRequested) WaitBeforeNext(backOff.Next());
            }
        }
        finally
        {
            ended.SetResult();
        }
    }

    /// <returns>True when the connection was good and is made anew for its password's sake.</returns>
    private bool RunOne()
    {
        using var connection = new MqttConnection(options, owner, receivesBatches);
        owner.Opening();
        var began = time.GetTimestamp();
        connection.Open();
        while (connection.Lost is null && !stop.IsCancellationRequested && !MustRenew(connection, began)) TakeTurn(connection);
        // A broker that accepts and drops at once must not be asked ever faster.
        if (connection.Accepted && time.GetElapsedTime(began) >= options.ReconnectLongest) backOff.Reset();
        var renews = connection.Lost is null && !stop.IsCancellationRequested;
        if (connection.Lost is null) SayGoodbye(connection);
        owner.Closed(connection.Lost ?? (renews ? "the password is renewed" : "the link was closed"));
        return renews;
    }

    private bool MustRenew(MqttConnection connection, long began) =>
        connection.RenewAfter is { } after && time.GetElapsedTime(began) is var age && age >= after && (owner.Drain() || age >= after + LongestDrain);

    private void TakeTurn(MqttConnection connection)
    {
        var events = (owner.WantsRead(connection) ? Libc.PollIn : 0) | (owner.MayWrite && connection.WantsWrite ? Libc.PollOut : 0);
        var returned = Poll(connection.Socket, (short)events, LongestPollMs);
        // Before the turn: what is asked for from here on signals again.
        Rest();
        owner.Turn(connection);
        // While TLS is being set up the library takes a reset for "try again" and would spin.
        if (!connection.Accepted && (returned & (Libc.PollError | Libc.PollHangUp)) != 0) connection.Fail("the broker closed the connection");
    }

    private void Rest()
    {
        lock (wakeGate)
        {
            if (!awake) return;
            awake = false;
            Libc.Clear(wakeUp);
        }
    }

    private unsafe short Poll(int socket, short events, int timeoutMs)
    {
        var descriptors = stackalloc Libc.PollDescriptor[2];
        descriptors[0] = new Libc.PollDescriptor { Descriptor = wakeUp, Events = Libc.PollIn };
        descriptors[1] = new Libc.PollDescriptor { Descriptor = socket, Events = events };
        // A socket that nobody wants to hear of would report its hang-up without end.
        _ = Libc.Poll(descriptors, events == 0 ? 1u : 2u, timeoutMs);
        return descriptors[1].Returned;
    }

    private void SayGoodbye(MqttConnection connection)
    {
        if (!owner.MayWrite) return;
        connection.SayGoodbye();
        var began = time.GetTimestamp();
        do
        {
            connection.Write();
            if (connection.Lost is not null || !connection.WantsWrite) return;
            Poll(connection.Socket, Libc.PollOut, 50);
        }
        while (time.GetElapsedTime(began) < LongestGoodbye);
    }

    private void WaitBeforeNext(TimeSpan wait)
    {
        using var due = new CancellationTokenSource(wait, time);
        WaitHandle.WaitAny([stop.Token.WaitHandle, due.Token.WaitHandle]);
    }
}
