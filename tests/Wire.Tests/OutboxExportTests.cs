using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ThreeOneOne.Field.Wire.Tests;

/// <summary>An outbox on a USB stick: readable as written, and by nobody else's hand.</summary>
public sealed class OutboxExportTests : IDisposable
{
    private static readonly DateTimeOffset Made = new(2026, 11, 20, 8, 0, 0, TimeSpan.Zero);
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public void Dispose() => key.Dispose();

    [Fact]
    public void What_was_written_is_read()
    {
        byte[][] messages = ["{\"v\":1}"u8.ToArray(), [.. Enumerable.Range(0, 100_000).Select(i => (byte)i)]];
        var reader = OutboxExportReader.Open(Export("truck-1", messages));
        Assert.Equal(("truck-1", "cambridge-ma", Made, 2), (reader.Header.Vehicle, reader.Header.Jurisdiction, reader.Header.Made, reader.Messages));
        for (var again = 0; again < 2; again++)
            Assert.Equal(messages.Select(Convert.ToHexString), reader.ReadMessages().Select(m => Convert.ToHexString(m.Span)));
    }

    [Fact]
    public void A_changed_bit_or_a_cut_anywhere_is_refused()
    {
        var whole = Export("truck-1", ["{\"v\":1,\"records\":[]}"u8.ToArray()]).ToArray();
        for (var at = 0; at < whole.Length; at++)
        {
            var changed = whole.ToArray();
            changed[at] ^= 1;
            Assert.Throws<WireFormatException>(() => OutboxExportReader.Open(new MemoryStream(changed)));
            Assert.Throws<WireFormatException>(() => OutboxExportReader.Open(new MemoryStream(whole[..at])));
        }
    }

    [Fact]
    public void The_certificate_must_name_the_vehicle() =>
        Assert.Throws<WireFormatException>(() => OutboxExportReader.Open(Export("truck-2", [], named: "truck-1")));

    [Fact]
    public void Bytes_behind_the_signature_are_refused()
    {
        byte[] longer = [.. Export("truck-1", []).ToArray(), 0];
        Assert.Throws<WireFormatException>(() => OutboxExportReader.Open(new MemoryStream(longer)));
    }

    private MemoryStream Export(string vehicle, byte[][] messages, string? named = null)
    {
        using var certificate = new CertificateRequest($"CN={named ?? vehicle}", key, HashAlgorithmName.SHA256).CreateSelfSigned(Made, Made.AddDays(45));
        var file = new MemoryStream();
        OutboxExport.Write(file, new OutboxExportHeader(1, "cambridge-ma", vehicle, Made, certificate.ExportCertificatePem()), messages.Select(m => (ReadOnlyMemory<byte>)m), key);
        file.Position = 0;
        return file;
    }
}
