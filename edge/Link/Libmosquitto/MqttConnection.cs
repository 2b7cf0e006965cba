using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ThreeOneOne.Field.Link;

/// <summary>
/// One native session from CONNECT to the loss of its socket, used by one thread. Every attempt makes a new one, so that
/// nothing in flight survives in the library: what was not answered is the caller's to send again.
/// </summary>
internal sealed unsafe class MqttConnection : IDisposable
{
    private const int ShortestKeepAliveSeconds = 5;

    private readonly LinkOptions options;
    private readonly ISessionOwner owner;
    private readonly bool receivesBatches;
    private readonly HashSet<int> openSubscriptions = [];
    private TlsContext? tls;
    private GCHandle self;
    private nint session;
    private string? lastLoggedError;
    private int callbacks;

    public MqttConnection(LinkOptions options, ISessionOwner owner, bool receivesBatches)
    {
        this.options = options;
        this.owner = owner;
        this.receivesBatches = receivesBatches;
        self = GCHandle.Alloc(this);
        session = Mosquitto.New(options.ClientId, options.CleanSession, GCHandle.ToIntPtr(self));
        if (session == 0) throw new LinkUnavailableException("libmosquitto could not make a session");
    }

    /// <summary>Why the connection is over; null while it is not.</summary>
    public string? Lost { get; private set; }

    /// <summary>True once the broker accepted the session.</summary>
    public bool Accepted { get; private set; }

    public bool SessionPresent { get; private set; }

    /// <summary>After which time the password must be renewed; null: never.</summary>
    public TimeSpan? RenewAfter { get; private set; }

    public int Socket => Mosquitto.Socket(session);

    public bool WantsWrite => Mosquitto.WantWrite(session);

    /// <summary>Connects the socket (blocking) and queues CONNECT; <see cref="Lost"/> says when that failed.</summary>
    public void Open()
    {
        // "Threaded" without a thread of the library's own: nothing is written until Write is called, which is what lets
        // the batch reader hold acknowledgements back until its commit.
        _ = Mosquitto.ThreadedSet(session, true);
        _ = Mosquitto.IntOption(session, Mosquitto.OptProtocolVersion, (int)options.Protocol);
        _ = Mosquitto.IntOption(session, Mosquitto.OptTcpNoDelay, 1);
        _ = Mosquitto.IntOption(session, Mosquitto.OptSendMaximum, options.InFlight);
        if (receivesBatches) _ = Mosquitto.IntOption(session, Mosquitto.OptReceiveMaximum, options.BatchSize);
        Mosquitto.OnConnect(session, &HandleConnect);
        Mosquitto.OnDisconnect(session, &HandleDisconnect);
        Mosquitto.OnPublish(session, &HandlePublish);
        Mosquitto.OnMessage(session, &HandleMessage);
        Mosquitto.OnSubscribe(session, &HandleSubscribe);
        Mosquitto.OnLog(session, &HandleLog);
        if (!SetTls() || !SetWill() || !SetLogin()) return;
        var properties = Properties();
        var seconds = Math.Max(ShortestKeepAliveSeconds, (int)options.KeepAlive.TotalSeconds);
        Check(Mosquitto.Connect(session, options.Host, options.Port, seconds, null, properties));
        Mosquitto.FreeAll(&properties);
        if (Lost is null) Prepare(Socket);
    }

    /// <summary>Counts what came from the broker, keep-alive aside.</summary>
    public int Heard => callbacks;

    /// <summary>
    /// Reads packets until none is left or <paramref name="enough"/>; callbacks come from in here. One call of the library
    /// may end early with messages left in OpenSSL's buffer, where no poll sees them, so the end is a read without any.
    /// </summary>
    public void ReadUntilDry(Func<bool> enough)
    {
        int before;
        do
        {
            before = callbacks;
            Check(Mosquitto.LoopRead(session, 1));
        }
        while (callbacks != before && Lost is null && !enough());
    }

    /// <summary>Writes what is queued, as far as the socket takes it.</summary>
    public void Write() => Check(Mosquitto.LoopWrite(session, 1));

    /// <summary>Keep-alive.</summary>
    public void Misc() => Check(Mosquitto.LoopMisc(session));

    public void Fail(string reason) => Lost ??= reason;

    /// <returns>The id that <see cref="ISessionOwner.Published"/> will name; null when it is longer than the broker allows.</returns>
    public int? Publish(string topic, ReadOnlySpan<byte> payload, Qos qos, bool retain)
    {
        int mid;
        fixed (byte* bytes = payload)
        {
            return Mosquitto.Publish(session, &mid, topic, payload.Length, bytes, (int)qos, retain) == 0 ? mid : null;
        }
    }

    /// <summary>Queues the goodbye, after which the broker does not send the will.</summary>
    public void SayGoodbye() => _ = Mosquitto.Disconnect(session);

    /// <summary>Closes the socket without writing what is queued.</summary>
    public void Dispose()
    {
        if (session == 0) return;
        Mosquitto.Destroy(session);
        session = 0;
        tls?.Dispose();
        self.Free();
    }

    private static MqttConnection Of(nint userData)
    {
        var connection = (MqttConnection)GCHandle.FromIntPtr(userData).Target!;
        connection.callbacks++;
        return connection;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void HandleConnect(nint session, nint userData, int code, int flags, nint properties) => Of(userData).Connected(code, flags);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void HandleDisconnect(nint session, nint userData, int code, nint properties) =>
        Of(userData).Fail(code == 0 ? "the broker ended the connection" : Explain(code));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void HandlePublish(nint session, nint userData, int mid, int reason, nint properties) => Of(userData).owner.Published(mid, reason);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void HandleMessage(nint session, nint userData, Mosquitto.Message* message)
    {
        var payload = new ReadOnlySpan<byte>((void*)message->Payload, message->Length).ToArray();
        Of(userData).owner.Message(new LinkMessage(Marshal.PtrToStringUTF8(message->Topic)!, payload, message->Retain != 0));
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void HandleSubscribe(nint session, nint userData, int mid, int count, int* granted) =>
        Of(userData).Subscribed(mid, new ReadOnlySpan<int>(granted, count));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void HandleLog(nint session, nint userData, int level, nint text)
    {
        if (level == Mosquitto.LogError) Of(userData).lastLoggedError = Mosquitto.Text(text);
    }

    private static string Explain(int code) =>
        Mosquitto.Text(code >= Mosquitto.FirstFailure ? Mosquitto.ReasonText(code) : Mosquitto.ErrorText(code));

    private void Connected(int code, int flags)
    {
        if (code != 0)
        {
            Fail("the broker refused the session: " + Mosquitto.Text(options.Protocol == MqttProtocol.V5 ? Mosquitto.ReasonText(code) : Mosquitto.ConnackText(code)));
            return;
        }

        // Formatting the library's log lines costs on every packet; only the way to a connection is worth it.
        Mosquitto.OnLog(session, null);
        Accepted = true;
        SessionPresent = (flags & 1) != 0;
        foreach (var topic in options.Subscriptions)
        {
            int mid;
            var error = Mosquitto.Subscribe(session, &mid, topic, (int)options.SubscribeQos);
            if (error == 0) openSubscriptions.Add(mid);
            else Fail($"cannot subscribe to {topic}: {Explain(error)}");
        }

        if (openSubscriptions.Count == 0 && Lost is null) owner.Ready(this);
    }

    private void Subscribed(int mid, ReadOnlySpan<int> granted)
    {
        foreach (var code in granted)
        {
            if (code >= Mosquitto.FirstFailure) Fail($"the broker refused a subscription: {Explain(code)}");
        }

        if (openSubscriptions.Remove(mid) && openSubscriptions.Count == 0 && Lost is null) owner.Ready(this);
    }

    private void Prepare(int socket)
    {
        Libc.CloseOnExec(socket);
        if (options.UnsentBytes > 0) Libc.LimitUnsent(socket, options.UnsentBytes);
        Libc.LimitUnconfirmed(socket, options.KeepAlive * 1.5);
    }

    private bool SetTls()
    {
        if (options.Tls is null) return true;
        tls = TlsContext.Open(options.Tls, options.Host, out var wrong);
        if (tls is null)
        {
            Fail(wrong!);
            return false;
        }

        // The library would set its own verification, by the system's clock, over ours.
        _ = Mosquitto.IntOption(session, Mosquitto.OptTlsContextWithDefaults, 0);
        if (Mosquitto.PointerOption(session, Mosquitto.OptTlsContext, tls.Handle) == 0) return true;
        Fail("this libmosquitto takes no TLS context");
        return false;
    }

    private bool SetLogin()
    {
        try
        {
            if (options.Login?.Invoke() is not { } login) return true;
            RenewAfter = login.RenewAfter;
            if (Mosquitto.Login(session, login.User, login.Password) == 0) return true;
            Fail("user name or password cannot be sent");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            Fail(e.Message);
        }

        return false;
    }

    private bool SetWill()
    {
        if (options.Will is not { } will) return true;
        fixed (byte* payload = will.Payload.Span)
        {
            var error = Mosquitto.WillSet(session, will.Topic, will.Payload.Length, payload, (int)Qos.AtLeastOnce, will.Retain);
            if (error == 0) return true;
            Fail($"cannot set the last will on {will.Topic}: {Explain(error)}");
            return false;
        }
    }

    private nint Properties()
    {
        nint properties = 0;
        if (options.Protocol != MqttProtocol.V5) return 0;
        if (!options.CleanSession) _ = Mosquitto.AddInt32(&properties, Mosquitto.PropSessionExpiry, (uint)Math.Clamp(options.SessionExpiry.TotalSeconds, 0, uint.MaxValue));
        if (receivesBatches) _ = Mosquitto.AddInt16(&properties, Mosquitto.PropReceiveMaximum, (ushort)options.BatchSize);
        return properties;
    }

    private void Check(int error)
    {
        if (error == 0 && Socket >= 0) return;
        var detail = error == Mosquitto.ErrErrno ? Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError()) : Explain(error);
        if (tls?.Refusal is { } refusal) Fail($"the broker's certificate is refused: {refusal}");
        Fail(lastLoggedError is null ? detail : $"{detail} ({lastLoggedError})");
    }
}
