using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ThreeOneOne.Field.Agent.Enrolment;

namespace ThreeOneOne.Field.Edge.Tests.Enrolment;

/// <summary>Keys and certificates over power cuts.</summary>
public sealed class IdentityFolderTests : IDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TemporaryFolder folder = new();

    private IdentityFolder Identity => new(folder["identity"]);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_the_hub_said_is_kept_and_only_the_agent_may_read_it()
    {
        Keep("truck-7");
        var place = Identity.Read()!;
        Assert.Equal(("truck-7", "cambridge-ma", 8883, 5312), (place.Vehicle, place.Jurisdiction, place.Broker.Port, place.Door.Port));
        foreach (var file in Directory.EnumerateFiles(Identity.Folder)) Assert.Equal((file, Private), (file, File.GetUnixFileMode(file)));
        Assert.True(Fits());
        Assert.False(File.Exists(Identity.NextKeyFile));
    }

    [Fact]
    public void A_key_is_made_once_however_often_it_is_asked_for()
    {
        var first = VehicleKey.Ensure(Identity.NextKeyFile).Request("truck-7");
        var second = VehicleKey.Ensure(Identity.NextKeyFile).Request("truck-7");
        Assert.Equal(KeyOf(first), KeyOf(second));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_power_cut_at_any_point_of_a_change_leaves_a_pair_that_fits(int cut)
    {
        Keep("truck-7");
        var before = File.ReadAllText(Identity.CertificateFile);
        // A new key, its certificate on the disk, and the power goes.
        var key = VehicleKey.Ensure(Identity.NextKeyFile);
        if (cut >= 2) IdentityFolder.WritePrivate(Path.Combine(Identity.Folder, "next.crt"), System.Text.Encoding.ASCII.GetBytes(Certificate(key.File, "truck-7")));
        if (cut >= 3) File.Move(Identity.NextKeyFile, Identity.KeyFile, overwrite: true);

        Assert.Equal("truck-7", Identity.Read()!.Vehicle);
        Assert.True(Fits());
        Assert.Equal(cut == 1, before == File.ReadAllText(Identity.CertificateFile));
    }

    [Fact]
    public void A_folder_with_a_part_of_it_is_no_identity()
    {
        Keep("truck-7");
        File.Delete(Identity.AuthorityFile);
        Assert.Null(Identity.Read());
        Assert.Null(new IdentityFolder(folder["none"]).Read());
    }

    [Fact]
    public void A_key_that_a_refused_code_left_does_not_take_the_place_of_the_renewed_one()
    {
        Keep("truck-7");
        VehicleKey.Ensure(Identity.NextKeyFile);
        // Renewed for the key that the vehicle has.
        var certificate = Certificate(Identity.KeyFile, "truck-7");
        Identity.Keep(Answer("truck-7", certificate));
        Assert.True(Fits());
        Assert.Equal(certificate, File.ReadAllText(Identity.CertificateFile));
        Assert.NotNull(Identity.Read());
        Assert.True(Fits());
    }

    [Fact]
    public void A_certificate_of_neither_key_changes_nothing()
    {
        Keep("truck-7");
        var before = File.ReadAllText(Identity.CertificateFile);
        VehicleKey.Ensure(Identity.NextKeyFile);
        IdentityFolder.WritePrivate(Path.Combine(Identity.Folder, "next.crt"), System.Text.Encoding.ASCII.GetBytes(Certificate(VehicleKey.Ensure(folder["other.key"]).File, "truck-7")));
        Assert.NotNull(Identity.Read());
        Assert.True(Fits());
        Assert.Equal(before, File.ReadAllText(Identity.CertificateFile));
    }

    private static byte[] KeyOf(string csr) => CertificateRequest.LoadSigningRequestPem(csr, HashAlgorithmName.SHA256).PublicKey.ExportSubjectPublicKeyInfo();

    private static string Certificate(string keyFile, string name)
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(keyFile));
        using var certificate = new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(90));
        return certificate.ExportCertificatePem();
    }

    private void Keep(string vehicle)
    {
        var key = VehicleKey.Ensure(Identity.NextKeyFile);
        var certificate = Certificate(key.File, vehicle);
        Identity.Keep(Answer(vehicle, certificate));
    }

    private static IdentityAnswer Answer(string vehicle, string certificate) => new(
        vehicle, "cambridge-ma", "crewed", certificate, new HubPlace.Address("127.0.0.1", 8883), new HubPlace.Address("127.0.0.1", 5312), "", certificate, false);

    private bool Fits()
    {
        using var pair = X509Certificate2.CreateFromPemFile(Identity.CertificateFile, Identity.KeyFile);
        return pair.HasPrivateKey;
    }
}
