namespace ThreeOneOne.Field.Hub.Enrolment;

/// <summary>A certificate in the books; times are Unix milliseconds.</summary>
internal sealed record IssuedRow(string Serial, string Vehicle, long IssuedMs, long NotAfterMs, long? RevokedMs, string? RevokedWhy, string KeyHash, string Pem);
