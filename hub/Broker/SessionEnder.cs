using ThreeOneOne.Field.Hub.Enrolment;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Vehicles;
using ThreeOneOne.Field.Link;
using LinkOptions = ThreeOneOne.Field.Link.LinkOptions;

namespace ThreeOneOne.Field.Hub.Broker;

/// <summary>
/// Ends a vehicle's session with any broker that takes the client id from the certificate: the hub, whose authority it is,
/// connects in the vehicle's name with a certificate that lives for minutes. The broker then closes the older session, and
/// forgets its queue. Rules and revocation lists come first, so that nobody comes back.
/// </summary>
internal sealed class SessionEnder(BrokerOptions options, CertificateAuthority authority, VehicleStatuses statuses, StorageOptions storage, TimeProvider time, ILogger<SessionEnder> log)
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LongestConnect = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(20);

    // A whole fleet may be put out at once: one after another it would take longer than a revocation may.
    private const int AtOnce = 8;

    // A broker that reads its rules late may have let the vehicle in again meanwhile.
    private static readonly TimeSpan[] Again = [TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(20)];

    /// <param name="vehicles">Whose sessions.</param>
    /// <param name="host">The broker's.</param>
    /// <param name="port">The broker's.</param>
    /// <param name="authorityFile">What the broker's certificate is verified by.</param>
    /// <param name="isBarred">True: nobody may hold the session any more, so it is ended again after a while.</param>
    /// <param name="cancel">Gives up.</param>
    public Task EndAsync(IEnumerable<string> vehicles, string host, int port, string authorityFile, Func<string, bool> isBarred, CancellationToken cancel) =>
        Parallel.ForEachAsync(vehicles, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel }, async (vehicle, one) =>
        {
            var barred = isBarred(vehicle);
            var ended = await EndOnceAsync(vehicle, host, port, authorityFile, one).ConfigureAwait(false);
            if (barred) statuses.Ended(vehicle, time.GetUtcNow());
            if (barred || !ended) _ = EndAgainAsync(vehicle, host, port, authorityFile, barred);
        });

    private async Task EndAgainAsync(string vehicle, string host, int port, string authorityFile, bool wasBarred)
    {
        foreach (var wait in Again)
        {
            await Task.Delay(wait, time).ConfigureAwait(false);
            // A code may have let it in again, and rightly.
            if (wasBarred && StillBarred is { } barred && !barred(vehicle)) return;
            var ended = await EndOnceAsync(vehicle, host, port, authorityFile, CancellationToken.None).ConfigureAwait(false);
            // Replaced, not barred: once is enough, or the new certificate's session would be ended too.
            if (!wasBarred && ended) return;
        }
    }

    /// <summary>Says whether a vehicle is barred now.</summary>
    public Func<string, bool>? StillBarred { get; set; }

    /// <returns>False when the broker did not let the hub do it.</returns>
    private async Task<bool> EndOnceAsync(string vehicle, string host, int port, string authorityFile, CancellationToken cancel)
    {
        var folder = DataFolder.Create(Path.Combine(storage.Folder, "broker"));
        var name = Path.Combine(folder, $"end-{Guid.NewGuid():n}");
        var (certificate, key) = authority.SignEnder(vehicle, Life);
        try
        {
            PrivateFile.Write(name + ".crt", certificate);
            PrivateFile.Write(name + ".key", key);
            await using var session = MqttPublisher.Start(
                new LinkOptions { Host = host, Port = port, ClientId = vehicle, Protocol = options.Protocol, Tls = new TlsOptions(authorityFile, name + ".crt", name + ".key") }, time);
            var began = time.GetTimestamp();
            while (!session.IsConnected && time.GetElapsedTime(began) < LongestConnect) await Task.Delay(BetweenLooks, time, cancel).ConfigureAwait(false);
            if (session.IsConnected) log.SessionEnded(vehicle);
            else log.SessionNotEnded(vehicle);
            return session.IsConnected;
        }
        finally
        {
            File.Delete(name + ".crt");
            File.Delete(name + ".key");
        }
    }
}
