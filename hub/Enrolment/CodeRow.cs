namespace ThreeOneOne.Field.Hub.Enrolment;

/// <summary>A one-time code in the books; times are Unix milliseconds.</summary>
internal sealed record CodeRow(string Hash, string Vehicle, long CreatedMs, long ExpiresMs, long? SpentMs, string? Serial);
