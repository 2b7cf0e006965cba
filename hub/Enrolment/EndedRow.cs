namespace ThreeOneOne.Field.Hub.Enrolment;

/// <summary>A vehicle of which something was revoked, and when, Unix milliseconds.</summary>
internal sealed record EndedRow(string Vehicle, long RevokedMs);
