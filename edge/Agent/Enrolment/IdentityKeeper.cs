using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Link;

namespace ThreeOneOne.Field.Agent.Enrolment;

/// <summary>
/// Brings the vehicle to an identity and keeps it: waits for a code, asks the hub's door daily, renews the certificate long before
/// its end, takes over new authorities and addresses.
/// </summary>
internal sealed class IdentityKeeper
{
    private static readonly TimeSpan LongestBeat = TimeSpan.FromSeconds(10);

    private readonly EnrolmentOptions options;
    private readonly IdentityFolder folder;
    private readonly string? vehicle;
    private readonly DeviceClock clock;
    private readonly TimeProvider time;
    private readonly Random chance;
    private readonly ILogger log;
    private readonly Enroller enroller;
    private readonly CodeFiles codes;
    private int failures;
    private string? said;

    /// <param name="options">How often, and where codes may lie.</param>
    /// <param name="folder">The identity.</param>
    /// <param name="vehicle">Which vehicle this must be, when the configuration says so.</param>
    /// <param name="clock">The vehicle's clock.</param>
    /// <param name="time">For waits.</param>
    /// <param name="chance">Jitter, so that a fleet does not ask in step.</param>
    /// <param name="log">Never told a code.</param>
    public IdentityKeeper(EnrolmentOptions options, IdentityFolder folder, string? vehicle, DeviceClock clock, TimeProvider time, Random chance, ILogger log)
    {
        (this.options, this.folder, this.clock, this.time, this.chance, this.log) = (options, folder, clock, time, chance, log);
        this.vehicle = string.IsNullOrEmpty(vehicle) ? null : vehicle;
        enroller = new Enroller(folder, clock);
        codes = new CodeFiles(options, folder, log);
    }

    private TimeSpan Between => TimeSpan.FromSeconds(options.CheckSeconds);

    /// <summary>Waits until the vehicle has an identity, whoever brings it.</summary>
    /// <param name="beat">Called often while it waits, by another thread.</param>
    /// <param name="stop">Ends the waiting.</param>
    public async Task WaitAsync(Action beat, CancellationToken stop)
    {
        log.Waits(string.Join(" or ", options.CodeFiles));
        var notBefore = time.GetTimestamp();
        // Beside the calls too: a hub that does not answer must not look like an agent that hangs. Every call has its own end.
        await using var beating = time.CreateTimer(_ => beat(), null, TimeSpan.Zero, Between < LongestBeat ? Between : LongestBeat).ConfigureAwait(false);
        while (folder.Read() is null)
        {
            if (time.GetTimestamp() >= notBefore && await TryCodeAsync(stop).ConfigureAwait(false) is { } wait) notBefore = time.GetTimestamp() + Ticks(wait);
            if (folder.Read() is null) await Task.Delay(Between, time, stop).ConfigureAwait(false);
        }
    }

    /// <summary>Keeps the identity of a vehicle that runs, until it must begin anew with another one.</summary>
    /// <param name="isLinked">True while the broker is reached.</param>
    /// <param name="stop">Ends it.</param>
    /// <returns>When the vehicle must open its link anew.</returns>
    public async Task RunAsync(Func<bool> isLinked, CancellationToken stop)
    {
        var place = TryRead();
        var (next, lastLinked) = (time.GetTimestamp() + Ticks(TimeSpan.FromSeconds(options.CheckSeconds * (1 + chance.NextDouble()))), time.GetTimestamp());
        var notBefore = 0L;
        while (true)
        {
            await Task.Delay(Between, time, stop).ConfigureAwait(false);
            if (isLinked()) lastLinked = time.GetTimestamp();
            try
            {
                place ??= folder.Read();
                if (codes.TryFind(out _, out _) && time.GetTimestamp() >= notBefore)
                {
                    notBefore = await TryCodeAsync(stop).ConfigureAwait(false) is { } wait ? time.GetTimestamp() + Ticks(wait) : 0;
                    next = time.GetTimestamp();
                }

                if (folder.Read() is { } now && (now.Vehicle, now.Broker) != (place?.Vehicle, place?.Broker))
                {
                    log.Moved(now.Broker.Host, now.Broker.Port);
                    return;
                }

                var isCut = time.GetElapsedTime(lastLinked).TotalMinutes >= options.AskAfterMinutes;
                var isDue = time.GetTimestamp() >= next || (failures == 0 && (isCut || IsRenewalDue()));
                if (isDue)
                {
                    next = time.GetTimestamp() + Ticks(await LookAsync(stop).ConfigureAwait(false));
                    lastLinked = time.GetTimestamp();
                }

                said = null;
            }
            catch (Exception e) when (IsPassing(e, CancellationToken.None))
            {
                // A card that fails for a while, a file that somebody edits: the vehicle drives on, and the next round looks again.
                if (!stop.IsCancellationRequested && said != e.Message) log.NotKept(said = e.Message);
            }
        }
    }

    private HubPlace? TryRead()
    {
        try
        {
            return folder.Read();
        }
        catch (Exception e) when (IsPassing(e, CancellationToken.None))
        {
            return null;
        }
    }

    private long Ticks(TimeSpan span) => (long)(span.TotalSeconds * time.TimestampFrequency);

    /// <returns>How long to wait before the next try; null when there is nothing to try, or nothing left to do.</returns>
    private async Task<TimeSpan?> TryCodeAsync(CancellationToken stop)
    {
        if (!codes.TryFind(out var code, out var file)) return null;
        try
        {
            var name = await enroller.EnrolAsync(code, folder.Read()?.Vehicle ?? vehicle, stop).ConfigureAwait(false);
            codes.Done(file);
            failures = 0;
            log.Enrolled(name);
            return null;
        }
        catch (EnrolmentRefusedException e) when (!e.MayPass)
        {
            codes.Done(file);
            log.BadCode(file, e.Message);
            return null;
        }
        catch (Exception e) when (IsPassing(e, stop))
        {
            var wait = NextWait();
            log.NotEnrolled((int)wait.TotalSeconds, Words(e));
            return wait;
        }
    }

    private async Task<TimeSpan> LookAsync(CancellationToken stop)
    {
        try
        {
            var answer = await enroller.LookAsync(stop).ConfigureAwait(false);
            if (answer.Renew || IsRenewalDue())
            {
                await enroller.RenewAsync(options.NewKey, stop).ConfigureAwait(false);
                log.Renewed(LinkCertificate.Read(folder.CertificateFile).Ends);
            }

            failures = 0;
            return TimeSpan.FromHours(options.LookHours * (0.9 + chance.NextDouble() / 5));
        }
        catch (EnrolmentRefusedException e) when (!e.MayPass)
        {
            log.Refused(e.Message);
            return NextWait();
        }
        catch (Exception e) when (IsPassing(e, stop))
        {
            var wait = NextWait();
            log.NotAnswered((int)wait.TotalSeconds, Words(e));
            return wait;
        }
    }

    private bool IsRenewalDue()
    {
        var certificate = LinkCertificate.Read(folder.CertificateFile);
        // By its own end each certificate has its own moment, so that vehicles which were enrolled together do not come back together.
        var spread = 1 + certificate.Ends.ToUnixTimeSeconds() % 97 / 97.0 * 0.075;
        var now = clock.IsKnown ? clock.Now : clock.VerifyAt;
        return now >= certificate.Begins + (certificate.Ends - certificate.Begins) * Math.Min(0.97, options.RenewAt * spread);
    }

    private TimeSpan NextWait()
    {
        var whole = Math.Min(options.RetryLongestSeconds, options.RetryFirstSeconds * Math.Pow(2, Math.Min(failures++, 20)));
        return TimeSpan.FromSeconds(whole * (0.5 + chance.NextDouble() / 2));
    }

    private static bool IsPassing(Exception e, CancellationToken stop) =>
        !stop.IsCancellationRequested
        && e is EnrolmentRefusedException or HttpRequestException or IOException or InvalidDataException or OperationCanceledException or UnauthorizedAccessException or CryptographicException;

    private static string Words(Exception e) => e.InnerException is { } inner and not OperationCanceledException
        ? string.Create(CultureInfo.InvariantCulture, $"{e.Message} ({inner.Message})")
        : e.Message;
}
