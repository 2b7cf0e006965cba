namespace ThreeOneOne.Field.Hub.Enrolment;

/// <summary>A certificate as it was signed.</summary>
/// <param name="Pem">The certificate.</param>
/// <param name="Serial">Its serial number, hexadecimal.</param>
/// <param name="NotAfter">Its end, UTC.</param>
/// <param name="KeyHash">SHA-256 of its public key (SubjectPublicKeyInfo), hexadecimal.</param>
public sealed record IssuedCertificate(string Pem, string Serial, DateTimeOffset NotAfter, string KeyHash);
