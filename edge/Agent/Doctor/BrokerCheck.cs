using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Enrolment;

namespace ThreeOneOne.Field.Agent.Doctor;

/// <summary>The way to the broker, step by step: name, port, TLS with both certificates, and whether it lets this vehicle in.</summary>
/// <param name="host">Where the broker is.</param>
/// <param name="port">Its port.</param>
/// <param name="files">Authority, certificate and key; null: plain, on this computer.</param>
/// <param name="vehicle">Who connects; beside a running agent's session, under a name of its own.</param>
/// <param name="clock">Verifies certificates.</param>
internal sealed class BrokerCheck(string host, int port, Link.TlsOptions? files, string vehicle, DeviceClock clock) : ICheck
{
    private const string Signal = "check antenna and SIM, or the network cable: ping another host; then Link:Host and Link:Port";

    public string Name => "broker";

    public async Task<Finding> LookAsync(CancellationToken stop)
    {
        if (host.Length == 0) return Wrong("Link:Host is empty", "enrol the vehicle, or set Link:Host");
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(host, port, stop).ConfigureAwait(false);
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode is SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData
                ? Wrong($"the name {host} is not known", "check the network and its name servers (resolvectl query), then Link:Host")
                : Wrong($"{host}:{port} cannot be reached: {e.Message}", Signal);
        }
        catch (OperationCanceledException)
        {
            return Wrong($"{host}:{port} does not answer", Signal);
        }

        return await GreetAsync(client.GetStream(), stop).ConfigureAwait(false);
    }

    private async Task<Finding> GreetAsync(Stream plain, CancellationToken stop)
    {
        var shown = "";
        try
        {
            if (files is null) return await AnswerAsync(plain, stop).ConfigureAwait(false);
            using var own = X509Certificate2.CreateFromPemFile(files.CertificateFile, files.KeyFile);
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPemFile(files.CaFile);
            var check = new DoorCheck(authorities, () => clock.VerifyAt, clock.HasPassed);
            await using var tls = new SslStream(plain, leaveInnerStreamOpen: true);
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = host,
                    EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                    CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
                    LocalCertificateSelectionCallback = (_, _, _, _, _) => own,
                    RemoteCertificateValidationCallback = (_, certificate, chain, _) =>
                    {
                        shown = certificate is null ? "none" : $"{certificate.Subject}, until {certificate.GetExpirationDateString()}";
                        return check.IsGood(host, certificate, chain);
                    },
                },
                stop).ConfigureAwait(false);
            shown = "";
            return await AnswerAsync(tls, stop).ConfigureAwait(false);
        }
        catch (AuthenticationException) when (shown.Length > 0)
        {
            return Wrong($"{host}:{port} shows a certificate that is not the hub's or not valid now ({shown})", "check Link:Host and the clock; if the hub's authority changed, enrol the vehicle again");
        }
        catch (Exception e) when (e is AuthenticationException or IOException)
        {
            return Wrong($"{host}:{port} refuses the handshake: {e.Message}", "the certificate may have ended or been revoked: ask the hub's administrator, or enrol the vehicle again");
        }
        catch (Exception e) when (e is CryptographicException or UnauthorizedAccessException)
        {
            return Wrong($"the vehicle's own files cannot be used: {e.Message}", "see the line of the certificate");
        }
        catch (OperationCanceledException)
        {
            return Wrong($"{host}:{port} is reached and says nothing", "Link:Port may be another program's");
        }
    }

    private async Task<Finding> AnswerAsync(Stream stream, CancellationToken stop)
    {
        await stream.WriteAsync(MqttGreeting.Connect($"{vehicle}-doctor"), stop).ConfigureAwait(false);
        var head = new byte[4];
        await stream.ReadExactlyAsync(head, stop).ConfigureAwait(false);
        if (MqttGreeting.ReasonIn(head) is not { } reason) return Wrong($"{host}:{port} is no MQTT broker", "check Link:Port");
        if (reason == 0) await stream.WriteAsync(MqttGreeting.Disconnect, stop).ConfigureAwait(false);
        return reason == 0
            ? new Finding(Name, CheckState.Ok, $"{host}:{port} lets {vehicle} in{(files is null ? ", without TLS" : " by mutual TLS")}")
            : Wrong($"{host}:{port} does not let {vehicle} in (reason {reason})", "register the vehicle at the hub, or ask why it was revoked");
    }

    private Finding Wrong(string says, string remedy) => new(Name, CheckState.Wrong, says, remedy);
}
