using System.Security.Cryptography.X509Certificates;

namespace ThreeOneOne.Field.Support.Proxy;

/// <summary>What a proxy needs that stands between two ends of TLS.</summary>
/// <param name="Server">Shown to the client; for localhost and 127.0.0.1.</param>
/// <param name="Client">Shown to the server: the client's own certificate, with its key.</param>
/// <param name="Authority">Who signed the server's certificate.</param>
public sealed record ProxyTls(X509Certificate2 Server, X509Certificate2 Client, X509Certificate2 Authority);
