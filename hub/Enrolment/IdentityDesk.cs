using System.Security.Cryptography.X509Certificates;
using ThreeOneOne.Field.Hub.Vehicles;

namespace ThreeOneOne.Field.Hub.Enrolment;

/// <summary>Puts together what a vehicle is told through the door.</summary>
internal sealed class IdentityDesk(CertificateAuthority authority, VehicleRegistry registry, BrokerPlace broker, DoorPlace door, HandedKeys keys)
{
    /// <summary>True once the broker's port is known.</summary>
    public bool IsReady => broker.Current is not null && door.Current is not null;

    /// <exception cref="InvalidOperationException">Not ready, or no such vehicle.</exception>
    public IdentityAnswer Answer(string vehicle, string? certificate, bool renew)
    {
        var known = registry.Find(vehicle) ?? throw new InvalidOperationException($"no vehicle '{vehicle}' is registered");
        return new IdentityAnswer(vehicle, known.Jurisdiction, known.Kind, authority.AuthorityPem, broker.Current!, door.Current!, keys.ProfilePem, certificate, renew);
    }

    /// <summary>True for a certificate of an authority that another takes over from.</summary>
    public bool IsOfOlderAuthority(X509Certificate2 certificate) =>
        authority.Generations.Count > 1 && !certificate.IssuerName.RawData.AsSpan().SequenceEqual(authority.Generations[^1].Certificate.SubjectName.RawData);
}
