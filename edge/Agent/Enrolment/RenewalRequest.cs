namespace ThreeOneOne.Field.Agent.Enrolment;

/// <summary>What the vehicle sends, with its certificate, to get another.</summary>
/// <param name="Csr">Its signing request, PEM, for the same key or a new one.</param>
internal sealed record RenewalRequest(string Csr);
