using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Enrolment;

namespace ThreeOneOne.Field.Edge.Tests.Enrolment;

public sealed class HubDoorTests
{
    [Fact]
    public void Who_closes_the_client_has_closed_the_door()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        using var authority = new CertificateRequest("CN=authority", key, HashAlgorithmName.SHA256).CreateSelfSigned(now, now.AddDays(1));
        var client = HubDoor.Pinned(new HubPlace.Address("127.0.0.1", 1), authority, new DeviceClock(TimeProvider.System)).Client;
        Assert.NotEqual(IntPtr.Zero, authority.Handle);
        client.Dispose();
        Assert.Equal(IntPtr.Zero, authority.Handle);
    }
}
