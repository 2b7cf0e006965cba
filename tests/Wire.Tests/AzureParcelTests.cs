using System.Text.Json;

namespace ThreeOneOne.Field.Wire.Tests;

/// <summary>The wire's messages inside Azure IoT Hub's twins and direct methods.</summary>
public sealed class AzureParcelTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3_000)]
    [InlineData(3_001)]
    [InlineData(TwinParcel.MaxBytes)]
    public void A_message_that_fits_into_a_twin_comes_out_as_it_went_in_and_no_string_is_longer_than_4_KB(int bytes)
    {
        var message = Noise(bytes);
        var parcel = Json(j => TwinParcel.Write(j, message));
        Assert.Equal(message, TwinParcel.Read(parcel));
        Assert.All(parcel.GetProperty("parts").EnumerateArray(), p => Assert.True(p.GetString()!.Length <= 4_096));
    }

    [Fact]
    public void A_longer_message_is_only_named()
    {
        var parcel = Json(j => TwinParcel.Write(j, Noise(TwinParcel.MaxBytes + 1)));
        Assert.Null(TwinParcel.Read(parcel));
        Assert.Equal(TwinParcel.MaxBytes + 1, parcel.GetProperty("bytes").GetInt32());
    }

    [Theory]
    [InlineData("7")]
    [InlineData("{}")]
    [InlineData("{\"sha256\":7}")]
    [InlineData("{\"sha256\":\"00\",\"parts\":\"AAAA\"}")]
    [InlineData("{\"sha256\":\"00\",\"parts\":[7]}")]
    [InlineData("{\"sha256\":\"00\",\"parts\":[\"AAAA\"]}")]
    [InlineData("{\"sha256\":\"00\",\"parts\":[\"\",\"\",\"\",\"\"]}")]
    public void What_is_no_parcel_is_refused(string text) =>
        Assert.Throws<WireFormatException>(() => TwinParcel.Read(JsonDocument.Parse(text).RootElement));

    [Fact]
    public void A_message_in_a_method_is_plain_ASCII_within_128_KB_and_comes_out_as_it_went_in()
    {
        var message = Noise(MethodParcel.MaxBytes);
        var payload = JsonSerializer.SerializeToUtf8Bytes(Json(j => MethodParcel.Write(j, message)));
        Assert.True(payload.Length <= 128 * 1024);
        Assert.All(payload, b => Assert.InRange(b, (byte)' ', (byte)'~'));
        Assert.Equal(message, MethodParcel.Read(payload));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[1]")]
    [InlineData("{\"wire\":7}")]
    [InlineData("{\"wire\":\"?\"}")]
    [InlineData("[[[[[[[[[[1]]]]]]]]]]")]
    public void What_is_no_such_payload_is_refused(string text) =>
        Assert.Throws<WireFormatException>(() => MethodParcel.Read(System.Text.Encoding.UTF8.GetBytes(text)));

    private static byte[] Noise(int bytes)
    {
        var noise = new byte[bytes];
        new Random(7).NextBytes(noise);
        return noise;
    }

    private static JsonElement Json(Action<Utf8JsonWriter> write)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text)) write(json);
        return JsonDocument.Parse(text.ToArray()).RootElement;
    }
}
