namespace ThreeOneOne.Field.Hub.Enrolment;

/// <summary>What the broker must hold to.</summary>
/// <param name="Barred">Vehicles all of whose certificates are revoked: no rule names them.</param>
/// <param name="Lists">Revocation lists of every authority, PEM.</param>
/// <param name="Ended">Vehicles whose session must end, whoever holds it.</param>
public sealed record IdentityState(IReadOnlySet<string> Barred, string Lists, IReadOnlyList<string> Ended);
