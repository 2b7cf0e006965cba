using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ThreeOneOne.Field.Hub.Enrolment;
using ThreeOneOne.Field.Hub.Tests.Ingest;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.Receipts;

/// <summary>An outbox of three records as a vehicle exports it.</summary>
internal static class CarriedOutbox
{
    public static byte[] Of(CertificateAuthority authority, string vehicle = Sample.Vehicle)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var certificate = authority.Sign(new CertificateRequest($"CN={vehicle}", key, HashAlgorithmName.SHA256).CreateSigningRequestPem(), vehicle).Pem;
        using var file = new MemoryStream();
        OutboxExport.Write(
            file, new OutboxExportHeader(WireCodec.Version, "cambridge-ma", vehicle, Sample.Time, certificate),
            [Message(Sample.Health(1), Sample.Lamp(2)), Message(Sample.Track(3))], key);
        return file.ToArray();

        ReadOnlyMemory<byte> Message(params WireRecord[] records) => Sample.Batch(vehicle, Sample.Epoch, records.Select(Sample.Json));
    }

    /// <summary>As a hub elsewhere would have enrolled the vehicle.</summary>
    public static byte[] OfStranger()
    {
        var elsewhere = Directory.CreateTempSubdirectory("field-ca-").FullName;
        try
        {
            using var stranger = CertificateAuthority.Open(elsewhere, new EnrolmentOptions(), TimeProvider.System);
            return Of(stranger);
        }
        finally
        {
            Directory.Delete(elsewhere, recursive: true);
        }
    }
}
