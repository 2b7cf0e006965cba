namespace ThreeOneOne.Field.Agent.Enrolment;

/// <summary>What the vehicle sends to be enrolled.</summary>
/// <param name="Code">The secret part of the one-time code.</param>
/// <param name="Csr">Its signing request, PEM.</param>
/// <param name="Vehicle">Which vehicle it was before; null for a blank one.</param>
internal sealed record EnrolmentRequest(string Code, string Csr, string? Vehicle)
{
    /// <summary>Never the code.</summary>
    public override string ToString() => nameof(EnrolmentRequest);
}
