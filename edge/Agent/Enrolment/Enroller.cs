using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Enrolment;

/// <summary>Talks to the hub's door about who the vehicle is.</summary>
/// <param name="folder">Where the identity is kept.</param>
/// <param name="clock">Says at which time certificates are verified, and hears of times that have passed.</param>
internal sealed class Enroller(IdentityFolder folder, DeviceClock clock)
{
    private const int MostBytes = 64 * 1024;

    /// <summary>Spends a code. The key is on the disk before; asking again with the same code and key is harmless.</summary>
    /// <param name="code">The code, checked.</param>
    /// <param name="vehicle">Which vehicle this computer is already; null for a blank one.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>Id of the vehicle that it is now.</returns>
    /// <exception cref="EnrolmentRefusedException">The hub refused, or it is not the hub that the code is of.</exception>
    /// <exception cref="HttpRequestException">The hub was not reached, or did not prove who it is.</exception>
    public async Task<string> EnrolAsync(EnrolmentCode code, string? vehicle, CancellationToken stop)
    {
        var place = new HubPlace.Address(code.Host, code.Port);
        // Nothing of the code has been sent when this is known.
        var offered = await HubDoor.AskAuthoritiesAsync(place, MostBytes, stop).ConfigureAwait(false);
        var pinned = offered.FirstOrDefault(a => CryptographicOperations.FixedTimeEquals(
                a.GetCertHash(HashAlgorithmName.SHA256).AsSpan(0, EnrolmentCode.FingerprintBytes), code.Fingerprint.Span))
            ?? throw new EnrolmentRefusedException($"{code.Host}:{code.Port} is not the hub that the code is of; the code was not sent") { MayPass = true };
        var key = VehicleKey.Ensure(folder.NextKeyFile);
        using var door = HubDoor.Pinned(place, pinned, clock);
        try
        {
            var answer = await CallAsync(
                door, HttpMethod.Post, "vehicle/v1/enrolment",
                JsonContent.Create(new EnrolmentRequest(code.SecretText, key.Request(vehicle ?? "blank"), vehicle), EnrolmentJson.Default.EnrolmentRequest), stop).ConfigureAwait(false);
            if (vehicle is not null && answer.Vehicle != vehicle) throw new EnrolmentRefusedException($"the code is for {answer.Vehicle}, and this computer is {vehicle}");
            Keep(answer, key.File);
            return answer.Vehicle;
        }
        catch (EnrolmentRefusedException e) when (!e.MayPass)
        {
            // Nobody will sign it.
            File.Delete(key.File);
            throw;
        }
    }

    /// <summary>Asks what has changed, tells what is trusted, and keeps it.</summary>
    /// <returns>What the hub said.</returns>
    /// <exception cref="EnrolmentRefusedException">The certificate is not good any more.</exception>
    /// <exception cref="HttpRequestException">The hub was not reached.</exception>
    public async Task<IdentityAnswer> LookAsync(CancellationToken stop)
    {
        var answer = await AskAsync(stop).ConfigureAwait(false);
        var trust = folder.TrustedFingerprints();
        if (folder.Differs(answer)) Keep(answer with { Certificate = null }, null);
        // Only what is on the disk is trusted.
        return folder.TrustedFingerprints().SequenceEqual(trust) ? answer : await AskAsync(stop).ConfigureAwait(false);
    }

    /// <summary>Gets another certificate by the one that the vehicle has, and tells the hub that it arrived.</summary>
    /// <param name="newKey">True: for a new key.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="EnrolmentRefusedException">The certificate is not good any more.</exception>
    /// <exception cref="HttpRequestException">The hub was not reached.</exception>
    public async Task RenewAsync(bool newKey, CancellationToken stop)
    {
        var key = VehicleKey.Ensure(newKey ? folder.NextKeyFile : folder.KeyFile);
        using (var door = HubDoor.Open(folder, clock))
        {
            var answer = await CallAsync(
                door, HttpMethod.Post, "vehicle/v1/certificate", JsonContent.Create(new RenewalRequest(key.Request(folder.Read()!.Vehicle)), EnrolmentJson.Default.RenewalRequest), stop).ConfigureAwait(false);
            Keep(answer, key.File);
        }

        await AskAsync(stop).ConfigureAwait(false);
    }

    private async Task<IdentityAnswer> AskAsync(CancellationToken stop)
    {
        using var door = HubDoor.Open(folder, clock);
        return await CallAsync(door, HttpMethod.Get, "vehicle/v1/identity?trusts=" + string.Join(',', folder.TrustedFingerprints()), null, stop).ConfigureAwait(false);
    }

    private void Keep(IdentityAnswer answer, string? keyFile)
    {
        if (!Identifier.IsValid(answer.Vehicle) || !Identifier.IsValid(answer.Jurisdiction)) throw new EnrolmentRefusedException("the hub's answer names no vehicle") { MayPass = true };
        try
        {
            using var authorities = new Disposing();
            authorities.All.ImportFromPem(answer.Authorities);
            if (authorities.All.Count == 0) throw new EnrolmentRefusedException("the hub's answer holds no authority") { MayPass = true };
            // Throws when the certificate is not of this key.
            if (answer.Certificate is not null) X509Certificate2.CreateFromPem(answer.Certificate, File.ReadAllText(keyFile!)).Dispose();
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new EnrolmentRefusedException($"the hub's answer cannot be used: {e.Message}", e) { MayPass = true };
        }

        folder.Keep(answer);
    }

    private async Task<IdentityAnswer> CallAsync(HubDoor door, HttpMethod method, string path, HttpContent? body, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = body };
        using var response = await door.Client.SendAsync(request, stop).ConfigureAwait(false);
        if (response.Headers.Date is { } date) clock.HasPassed(date);
        if (!response.IsSuccessStatusCode)
        {
            var problem = await ReadAsync(response, EnrolmentJson.Default.DoorProblem, stop).ConfigureAwait(false);
            throw new EnrolmentRefusedException(problem?.Detail ?? $"the hub answered {(int)response.StatusCode}")
            {
                MayPass = response.StatusCode is HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError,
            };
        }

        return await ReadAsync(response, EnrolmentJson.Default.IdentityAnswer, stop).ConfigureAwait(false)
            ?? throw new EnrolmentRefusedException("the hub's answer cannot be read") { MayPass = true };
    }

    private static async Task<T?> ReadAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken stop)
        where T : class
    {
        try
        {
            return await response.Content.ReadFromJsonAsync(type, stop).ConfigureAwait(false);
        }
        // The last one: a character set that there is not.
        catch (Exception e) when (e is JsonException or NotSupportedException or InvalidOperationException)
        {
            return null;
        }
    }

    private sealed class Disposing : IDisposable
    {
        public X509Certificate2Collection All { get; } = [];

        public void Dispose()
        {
            foreach (var certificate in All) certificate.Dispose();
        }
    }
}
