using System.ComponentModel.DataAnnotations;

namespace ThreeOneOne.Field.Hub.Web;

/// <summary>TLS on the port of the page and the API. Without a certificate it speaks plain HTTP, on loopback or behind a proxy.</summary>
public sealed class TlsOptions : IValidatableObject
{
    public const string Section = "Tls";

    /// <summary>Certificate, PEM; those of the authorities between it and the root follow in the same file. Read again when it changes.</summary>
    public string CertificateFile { get; set; } = "";

    /// <summary>Its private key, PEM, without a password; readable by the hub's user alone.</summary>
    public string KeyFile { get; set; } = "";

    /// <summary>Port that leads plain HTTP to this one; 0: none.</summary>
    [Range(0, 65_535)]
    public int RedirectPort { get; set; }

    /// <summary>Days for which browsers must not go back to plain HTTP (HSTS); 0: never said.</summary>
    [Range(0, 730)]
    public int HstsDays { get; set; } = 365;

    /// <summary>
    /// Yes in plain words: serves beyond this machine without TLS and without a proxy, so that everybody on the network can read passwords
    /// and places. For a closed test network.
    /// </summary>
    public bool PlainBeyondLoopback { get; set; }

    internal bool IsOn => CertificateFile.Length > 0;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (CertificateFile.Length > 0 != KeyFile.Length > 0)
            yield return new ValidationResult("CertificateFile and KeyFile together, or neither", [CertificateFile.Length > 0 ? nameof(KeyFile) : nameof(CertificateFile)]);
        if (RedirectPort > 0 && !IsOn) yield return new ValidationResult("0, because there is no certificate to lead to", [nameof(RedirectPort)]);
    }
}
