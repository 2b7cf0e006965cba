namespace ThreeOneOne.Field.Link;

/// <summary>TLS by PEM files, mutual where the client has a certificate. The broker's certificate is always verified: chain, host name and time.</summary>
/// <param name="CaFile">Certificate authority that signed the broker's certificate; may hold several.</param>
/// <param name="CertificateFile">This client's certificate; its CN is its name at the broker. Empty: none, <see cref="LinkOptions.Login"/> says who it is.</param>
/// <param name="KeyFile">This client's private key; empty with <paramref name="CertificateFile"/>.</param>
public sealed record TlsOptions(string CaFile, string CertificateFile, string KeyFile)
{
    /// <summary>
    /// The time at which certificates are verified, asked at every attempt to connect; null: the system's clock. For
    /// devices whose clock may be anywhere.
    /// </summary>
    public Func<DateTimeOffset>? VerifyAt { get; init; }

    /// <summary>
    /// Told when the broker's certificate was refused only because it begins later than <see cref="VerifyAt"/>: its
    /// signature and its host name are good, so an authority that is trusted has seen this time. Called on the link's
    /// thread before the next attempt.
    /// </summary>
    public Action<DateTimeOffset>? BeginsLater { get; init; }
}
