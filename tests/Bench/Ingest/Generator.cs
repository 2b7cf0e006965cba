using System.Diagnostics;

namespace ThreeOneOne.Field.Bench.Ingest;

/// <summary>Drives all sessions from one thread, so that it costs little beside what it measures.</summary>
internal sealed class Generator : IDisposable
{
    private readonly Session[] sessions;
    private readonly Libc.EpollEvent[] events = new Libc.EpollEvent[256];
    private readonly int epoll = Libc.NewEpoll(0);
    private bool exhausted;
    private int turn;

    public Generator(IEnumerable<MessageBook> books, int port, string jurisdiction)
    {
        sessions = [.. books.Select(b => new Session(b))];
        for (var i = 0; i < sessions.Length; i++)
        {
            sessions[i].Connect(port, jurisdiction);
            Libc.Watch(epoll, sessions[i].Handle, i);
        }
    }

    public IReadOnlyList<Session> Sessions => sessions;

    public long Sent => sessions.Sum(s => (long)s.Sent);

    public long Acked => sessions.Sum(s => (long)s.Acked);

    /// <summary>Sends as fast as what is answered leaves room.</summary>
    /// <param name="window">Most messages of a session that the hub has not acknowledged.</param>
    /// <param name="until">Ends earlier when a session has nothing left.</param>
    /// <param name="stop">Ctrl-C.</param>
    public void Fill(int window, TimeSpan until, CancellationToken stop)
    {
        var end = Stopwatch.GetTimestamp() + (long)(until.TotalSeconds * Stopwatch.Frequency);
        while (Stopwatch.GetTimestamp() < end && !stop.IsCancellationRequested && !exhausted)
        {
            foreach (var session in sessions)
            {
                exhausted |= session.IsExhausted;
                while (session.MaySend && session.Sent - session.Acked < window) session.Send(Stopwatch.GetTimestamp());
            }

            Turn(1);
        }
    }

    /// <summary>Sends as fast as a receiver that does not answer leaves room.</summary>
    /// <param name="outstanding">Most messages of all sessions together that were sent and not received.</param>
    /// <param name="received">What the receiver has counted since the generator began.</param>
    /// <param name="until">Ends earlier when a session has nothing left.</param>
    /// <param name="stop">Ctrl-C.</param>
    public void Fill(int outstanding, Func<long> received, TimeSpan until, CancellationToken stop)
    {
        var end = Stopwatch.GetTimestamp() + (long)(until.TotalSeconds * Stopwatch.Frequency);
        var sent = Sent;
        while (Stopwatch.GetTimestamp() < end && !stop.IsCancellationRequested && !exhausted)
        {
            var room = outstanding - (sent - received());
            for (var i = 0; i < sessions.Length && room > 0; i++)
            {
                var session = sessions[turn++ % sessions.Length];
                exhausted |= session.IsExhausted;
                while (session.MaySend && room-- > 0)
                {
                    session.Send(Stopwatch.GetTimestamp());
                    sent++;
                }
            }

            Turn(1);
        }
    }

    /// <summary>Sends evenly at a rate, whatever comes back.</summary>
    public void Pace(double perSecond, TimeSpan until, CancellationToken stop)
    {
        var began = Stopwatch.GetTimestamp();
        var step = Stopwatch.Frequency / perSecond;
        var total = (long)Math.Min(perSecond * until.TotalSeconds, sessions.Min(s => (long)s.Book.Count - s.Sent) * sessions.Length);
        for (long n = 0; n < total && !stop.IsCancellationRequested;)
        {
            var now = Stopwatch.GetTimestamp();
            for (; n < total; n++)
            {
                var due = began + (long)(n * step);
                var session = sessions[n % sessions.Length];
                if (due > now || !session.MaySend) break;
                session.Send(due);
            }

            Turn(1);
        }
    }

    /// <summary>Vehicles come by messages at a rate and send what their window allows.</summary>
    /// <returns>How many they have come by.</returns>
    public long Offer(double perSecond, int window, TimeSpan until, CancellationToken stop)
    {
        var (began, offered) = (Stopwatch.GetTimestamp(), 0L);
        while (Stopwatch.GetElapsedTime(began) < until && !stop.IsCancellationRequested)
        {
            offered = (long)(Stopwatch.GetElapsedTime(began).TotalSeconds * perSecond) / sessions.Length * sessions.Length;
            SendOwed(offered / sessions.Length, window);
        }

        return offered;
    }

    /// <summary>Sends what is left of what they came by, until all of it is acknowledged.</summary>
    public void Drain(long offered, int window, TimeSpan longest, CancellationToken stop)
    {
        var began = Stopwatch.GetTimestamp();
        while (Acked < offered && Stopwatch.GetElapsedTime(began) < longest && !stop.IsCancellationRequested) SendOwed(offered / sessions.Length, window);
    }

    /// <summary>Hands everything to the broker, whether anybody takes it there or not.</summary>
    public void Push(CancellationToken stop)
    {
        while (sessions.Any(s => !s.IsDone) && !stop.IsCancellationRequested)
        {
            foreach (var session in sessions)
            {
                while (session.MaySend) session.Send(Stopwatch.GetTimestamp());
            }

            Turn(1);
        }
    }

    /// <summary>Only listens, until everything sent is acknowledged or it has taken too long.</summary>
    /// <returns>False when something is left.</returns>
    public bool Settle(TimeSpan longest, CancellationToken stop)
    {
        var end = Stopwatch.GetTimestamp() + (long)(longest.TotalSeconds * Stopwatch.Frequency);
        while (Acked < Sent && Stopwatch.GetTimestamp() < end && !stop.IsCancellationRequested) Turn(10);
        return Acked == Sent;
    }

    public void Dispose()
    {
        foreach (var session in sessions) session.Dispose();
        _ = Libc.Close(epoll);
    }

    private void SendOwed(long each, int window)
    {
        foreach (var session in sessions)
        {
            while (session.MaySend && session.Sent < each && session.Sent - session.Acked < window) session.Send(Stopwatch.GetTimestamp());
            session.ResendLate();
        }

        Turn(1);
    }

    private unsafe void Turn(int timeoutMs)
    {
        int n;
        fixed (Libc.EpollEvent* all = events) n = Libc.Wait(epoll, all, events.Length, timeoutMs);
        for (var i = 0; i < n; i++)
        {
            var session = sessions[(int)events[i].Tag];
            if ((events[i].Events & Libc.Out) != 0) session.Flush();
            if ((events[i].Events & ~Libc.Out) != 0) session.Receive();
        }
    }
}
