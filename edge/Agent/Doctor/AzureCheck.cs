using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Enrolment;

namespace ThreeOneOne.Field.Agent.Doctor;

/// <summary>
/// The way to the city's IoT Hub: name, port and its certificate. It opens no session, because a second one of the same device ends the
/// agent's own.
/// </summary>
/// <param name="host">Its full host name.</param>
/// <param name="port">Its port.</param>
/// <param name="authorities">File of the authorities that may sign its certificate.</param>
/// <param name="clock">Verifies certificates.</param>
internal sealed class AzureCheck(string host, int port, string authorities, DeviceClock clock) : ICheck
{
    public string Name => "iot hub";

    public async Task<Finding> LookAsync(CancellationToken stop)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(host, port, stop).ConfigureAwait(false);
            var trusted = new X509Certificate2Collection();
            trusted.ImportFromPemFile(authorities);
            var check = new DoorCheck(trusted, () => clock.VerifyAt, clock.HasPassed);
            await using var tls = new SslStream(client.GetStream());
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = host,
                    EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                    CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
                    RemoteCertificateValidationCallback = (_, certificate, chain, _) => check.IsGood(host, certificate, chain),
                },
                stop).ConfigureAwait(false);
            return new Finding(Name, CheckState.Ok, $"{host}:{port} is reached, and is who it should be");
        }
        catch (AuthenticationException)
        {
            return new Finding(Name, CheckState.Wrong, $"{host}:{port} shows a certificate that is not good, or not now", "check the clock, Azure:Host and Azure:CaFile");
        }
        catch (Exception e) when (e is SocketException or IOException or OperationCanceledException)
        {
            return new Finding(Name, CheckState.Wrong, $"{host}:{port} cannot be reached: {e.Message}", "check the network; many networks block port 8883; then Azure:Host and Azure:Port");
        }
    }
}
