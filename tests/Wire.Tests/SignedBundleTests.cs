using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ThreeOneOne.Field.Wire.Tests;

public sealed class SignedBundleTests : IDisposable
{
    private const string Type = SignedBundle.ProfileType;
    private static readonly byte[] Payload = Encoding.UTF8.GetBytes("""{"vehicle":"unit-214","version":3}""");

    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa other = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public void Dispose()
    {
        key.Dispose();
        other.Dispose();
    }

    [Fact]
    public void What_was_signed_comes_out_again()
    {
        var envelope = SignedBundle.Sign(key, Type, Payload);

        Assert.Equal(Payload, SignedBundle.Open(envelope, Type, [other, key]));
    }

    [Fact]
    public void The_envelope_is_one_of_DSSE_that_others_can_check()
    {
        var envelope = JsonNode.Parse(SignedBundle.Sign(key, Type, Payload))!;

        var signature = Convert.FromBase64String((string)envelope["signatures"]![0]!["sig"]!);
        Assert.Equal(Type, (string)envelope["payloadType"]!);
        Assert.Equal(Payload, Convert.FromBase64String((string)envelope["payload"]!));
        Assert.Equal(SignedBundle.KeyId(key), (string)envelope["signatures"]![0]!["keyid"]!);
        // The protocol's own example has this shape: DSSEv1 29 http://example.com/HelloWorld 11 hello world.
        var text = $"DSSEv1 {Type.Length} {Type} {Payload.Length} {Encoding.UTF8.GetString(Payload)}";
        Assert.True(key.VerifyData(Encoding.UTF8.GetBytes(text), signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
    }

    [Fact]
    public void A_key_is_named_by_its_public_half()
    {
        var digest = Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()));

        Assert.Equal(digest[..16], SignedBundle.KeyId(key));
    }

    [Fact]
    public void Another_payload_under_the_same_signature_is_forged() =>
        Refused(BundleFault.Forged, Changed(e => e["payload"] = Convert.ToBase64String("{}"u8)));

    [Fact]
    public void A_key_that_nobody_trusts_is_refused_also_when_it_takes_the_name_of_one()
    {
        var theirs = SignedBundle.Sign(other, Type, Payload);
        Refused(BundleFault.UnknownKey, theirs);

        var named = JsonNode.Parse(theirs)!;
        named["signatures"]![0]!["keyid"] = SignedBundle.KeyId(key);
        Refused(BundleFault.Forged, Encoding.UTF8.GetBytes(named.ToJsonString()));

        ((JsonObject)named["signatures"]![0]!).Remove("keyid");
        Refused(BundleFault.Forged, Encoding.UTF8.GetBytes(named.ToJsonString()));
    }

    [Fact]
    public void A_signature_for_one_type_is_none_for_another()
    {
        Refused(BundleFault.WrongType, SignedBundle.Sign(key, SignedBundle.UpdateType, Payload));
        Refused(BundleFault.Forged, Changed(e => e["payloadType"] = Type, SignedBundle.Sign(key, SignedBundle.UpdateType, Payload)));
    }

    [Fact]
    public void While_keys_change_the_signature_of_either_is_enough()
    {
        var both = JsonNode.Parse(SignedBundle.Sign(other, Type, Payload))!;
        both["signatures"]!.AsArray().Add(JsonNode.Parse(SignedBundle.Sign(key, Type, Payload))!["signatures"]![0]!.DeepClone());

        Assert.Equal(Payload, SignedBundle.Open(Encoding.UTF8.GetBytes(both.ToJsonString()), Type, [key]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("not JSON")]
    [InlineData("""{"payloadType":"application/vnd.threeoneone.profile+json","payload":"e30="}""")]
    [InlineData("""{"payloadType":"application/vnd.threeoneone.profile+json","payload":"***","signatures":[]}""")]
    [InlineData("""{"payloadType":"application/vnd.threeoneone.profile+json","payload":"e30=","signatures":[{"sig":7}]}""")]
    [InlineData("""{"payloadType":7,"payload":"e30=","signatures":[]}""")]
    [InlineData("""{"payload":"e30=","payload":"e30=","payloadType":"application/vnd.threeoneone.profile+json","signatures":[]}""")]
    public void What_is_no_envelope_is_refused_and_nothing_else_thrown(string text) => Refused(BundleFault.Malformed, Encoding.UTF8.GetBytes(text));

    [Fact]
    public void Without_a_signature_nobody_signed() =>
        Refused(BundleFault.UnknownKey, Changed(e => e["signatures"] = new JsonArray()));

    [Fact]
    public void Too_much_is_refused_before_it_is_read_and_not_made()
    {
        Refused(BundleFault.TooLarge, new byte[SignedBundle.MaxBytes + 1]);
        Assert.Throws<ArgumentException>(() => SignedBundle.Sign(key, Type, new byte[SignedBundle.MaxBytes]));
        Refused(BundleFault.Malformed, Changed(e => e["signatures"] = new JsonArray([.. Enumerable.Range(0, 100).Select(_ => JsonNode.Parse("""{"sig":"AA=="}"""))])));
    }

    [Fact]
    public void Bytes_changed_at_random_never_open_and_never_throw_anything_else()
    {
        var envelope = SignedBundle.Sign(key, Type, Payload);
        var random = new Random(6);
        for (var i = 0; i < 2_000; i++)
        {
            var bad = envelope.ToArray();
            for (var changes = random.Next(1, 4); changes > 0; changes--) bad[random.Next(bad.Length)] ^= (byte)random.Next(1, 256);
            try
            {
                // What still opens says the same: white space, or the case of nothing that counts.
                Assert.Equal(Payload, SignedBundle.Open(bad, Type, [key]));
            }
            catch (BundleRefusedException e)
            {
                Assert.NotEqual(BundleFault.Unknown, e.Fault);
            }
        }
    }

    [Fact]
    public async Task Openssl_verifies_it()
    {
        var folder = Directory.CreateTempSubdirectory("bundle-");
        try
        {
            string At(string name) => Path.Combine(folder.FullName, name);
            var envelope = JsonNode.Parse(SignedBundle.Sign(key, Type, Payload))!;
            await File.WriteAllBytesAsync(At("sig"), Convert.FromBase64String((string)envelope["signatures"]![0]!["sig"]!));
            await File.WriteAllTextAsync(At("pae"), $"DSSEv1 {Type.Length} {Type} {Payload.Length} {Encoding.UTF8.GetString(Payload)}");
            await File.WriteAllTextAsync(At("key.pem"), key.ExportSubjectPublicKeyInfoPem());
            using var openssl = Process.Start(new ProcessStartInfo("openssl", ["dgst", "-sha256", "-verify", At("key.pem"), "-signature", At("sig"), At("pae")]) { RedirectStandardOutput = true })!;
            Assert.Equal("Verified OK", (await openssl.StandardOutput.ReadToEndAsync()).Trim());
            await openssl.WaitForExitAsync();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private byte[] Changed(Action<JsonNode> change, byte[]? envelope = null)
    {
        var node = JsonNode.Parse(envelope ?? SignedBundle.Sign(key, Type, Payload))!;
        change(node);
        return JsonSerializer.SerializeToUtf8Bytes(node);
    }

    private void Refused(BundleFault why, byte[] envelope) =>
        Assert.Equal(why, Assert.Throws<BundleRefusedException>(() => SignedBundle.Open(envelope, Type, [key])).Fault);
}
