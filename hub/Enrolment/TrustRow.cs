namespace ThreeOneOne.Field.Hub.Enrolment;

/// <summary>A vehicle's newest certificate, and what it last said it trusts; times are Unix milliseconds.</summary>
internal sealed record TrustRow(string Vehicle, string Serial, string Pem, long NotAfterMs, string? Authorities, long? SeenMs, string? SeenSerial);
