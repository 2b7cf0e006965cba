using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Edge.Tests.Enrolment;

/// <summary>
/// Something that listens where a hub's door should be and says whatever a test wants, under TLS by a certificate that it signed itself.
/// </summary>
internal sealed class FakeDoor : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly X509Certificate2 certificate;
    private readonly Func<string, byte[]?> answer;
    private readonly Task serving;
    private int asked;

    /// <param name="answer">From the path of a request to the whole answer, as it goes over the wire; null: none, and the connection stays open.</param>
    public FakeDoor(Func<string, byte[]?> answer)
    {
        this.answer = answer;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=door", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var made = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        certificate = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
        listener.Start();
        serving = ServeAsync();
    }

    public string Pem => certificate.ExportCertificatePem();

    /// <summary>Requests that came.</summary>
    public int Asked => Volatile.Read(ref asked);

    /// <summary>A code that leads here.</summary>
    public EnrolmentCode Code => new(
        "127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port, certificate.GetCertHash(HashAlgorithmName.SHA256).AsMemory(0, EnrolmentCode.FingerprintBytes),
        new byte[EnrolmentCode.SecretBytes]);

    public static byte[] Http(string status, string type, string body) => Http(status, type, Encoding.UTF8.GetBytes(body));

    public static byte[] Http(string status, string type, byte[] body) =>
        [.. Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Type: {type}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n"), .. body];

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await serving;
        listener.Dispose();
        certificate.Dispose();
        stop.Dispose();
    }

    private async Task ServeAsync()
    {
        List<Task> open = [];
        try
        {
            while (true) open.Add(AnswerAsync(await listener.AcceptTcpClientAsync(stop.Token)));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(open);
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        try
        {
            using (client)
            await using (var tls = new SslStream(client.GetStream()))
            {
                await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, stop.Token);
                var (head, buffer) = (new StringBuilder(), new byte[4096]);
                while (!head.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
                {
                    var read = await tls.ReadAsync(buffer, stop.Token);
                    if (read == 0) return;
                    head.Append(Encoding.ASCII.GetString(buffer, 0, read));
                }

                Interlocked.Increment(ref asked);
                if (answer(head.ToString().Split(' ')[1]) is { } bytes)
                {
                    await tls.WriteAsync(bytes, stop.Token);
                    await tls.ShutdownAsync();
                }
                else
                {
                    await Task.Delay(Timeout.Infinite, stop.Token);
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or System.Security.Authentication.AuthenticationException)
        {
            // The vehicle hung up, or the test is over.
        }
    }
}
