namespace ThreeOneOne.Field.Hub.Enrolment;

/// <summary>A vehicle of which something was revoked, and a certificate of it that is good; null when none is.</summary>
internal sealed record GoodRow(string Vehicle, string? Pem);
