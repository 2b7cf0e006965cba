namespace ThreeOneOne.Field.Link;

/// <summary>Mutual TLS by PEM files.</summary>
/// <param name="CaFile">Certificate authority that signed the broker's certificate.</param>
/// <param name="CertificateFile">This client's certificate; its CN is its name at the broker.</param>
/// <param name="KeyFile">This client's private key.</param>
public sealed record TlsOptions(string CaFile, string CertificateFile, string KeyFile);
