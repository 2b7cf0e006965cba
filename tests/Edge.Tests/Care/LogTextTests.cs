using ThreeOneOne.Field.Agent.Care;

namespace ThreeOneOne.Field.Edge.Tests.Care;

public sealed class LogTextTests
{
    [Theory]
    [InlineData("password: hunter22, next", "password: [hidden], next")]
    [InlineData("\"pin\":\"471108\"", "\"pin\":\"[hidden]\"")]
    [InlineData("Authorization: Basic Zm9vOmJhcg==", "Authorization: Basic [hidden]")]
    [InlineData("key -----BEGIN PRIVATE KEY----- MIGHAgEAMBMG -----END PRIVATE KEY----- end", "key [hidden] end")]
    [InlineData("was AbCdEfGhIjKlMnOpQrStUvWxYz0123456789AbCdEfGh=", "was [hidden]")]
    [InlineData("near 42.365516, -71.103746 now", "near [place] now")]
    [InlineData("lat=42.36 lon: -71.1", "[place] [place]")]
    [InlineData("Attachment 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 saved", "Attachment 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 saved")]
    [InlineData("/var/lib/field-agent/data/outbox/0123456789abcdef/0000000000000000001.seg rewritten", "/var/lib/field-agent/data/outbox/0123456789abcdef/0000000000000000001.seg rewritten")]
    [InlineData("HostName=city.azure-devices.net;SharedAccessKey=c2hvcnQ=;x", "HostName=city.azure-devices.net;SharedAccessKey=[hidden];x")]
    [InlineData("AVeryLongNameOfAnOptionThatSaysSharedAccessKey=abc", "[hidden]=[hidden]")]
    [InlineData("SharedAccessSignature sr=a%2Fb&sig=Zm9v%2BYmFy%3D&se=17", "SharedAccessSignature sr=a%2Fb&sig=[hidden]&se=17")]
    [InlineData("key: abc, \"signature\":\"q1w2\"", "key: [hidden], \"signature\":\"[hidden]\"")]
    [InlineData("got $GPRMC,123519,A,4807.038,N,01131.000,E,022.4,084.4,230394,003.1,W*6A twice", "got [place] twice")]
    [InlineData("cut 9,A,4221.9310,N,07106.2246,W,0.1", "cut 9,A,[place],[place],0.1")]
    [InlineData("GNGGA,123519,4807.038,N,01131.000,E,1,08 left", "[place] left")]
    [InlineData("/dev/serial/by-id/usb-u-blox_AG_-_www.u-blox.com_GNSS_receiver-if00 opened", "/dev/serial/by-id/usb-u-blox_AG_-_www.u-blox.com_GNSS_receiver-if00 opened")]
    [InlineData("read /etc/field-agent/0123456789012345678901234567890123456789 at once", "read [hidden] at once")]
    public void Secrets_and_places_are_taken_out_and_names_of_files_are_not(string line, string expected) => Assert.Equal(expected, LogText.Redact(line));

    [Fact]
    public void No_key_in_base64_is_left_whatever_its_bytes_are()
    {
        const int Seed = 20261122;
        var random = new Random(Seed);
        foreach (var bytes in new[] { 16, 32, 33, 48, 64 })
        {
            for (var i = 0; i < 4_000; i++)
            {
                var raw = new byte[bytes];
                random.NextBytes(raw);
                var key = Convert.ToBase64String(raw);
                foreach (var text in new[] { key, key.Replace('+', '-').Replace('/', '_'), key.TrimEnd('=') })
                {
                    if (text.Length < 40 && !text.EndsWith('=')) continue;
                    Assert.True(LogText.Redact($"the value {text} came") == "the value [hidden] came", $"{text} is left, seed {Seed}");
                    Assert.DoesNotContain(text, LogText.Redact($"key={text};"), StringComparison.Ordinal);
                }
            }
        }
    }

    [Fact]
    public void The_ring_keeps_the_newest_whole_lines()
    {
        var ring = new LogRing();
        for (var i = 0; i < 20_000; i++) ring.Add($"line {i} of many, long enough to turn the ring over a few times");
        var lines = ring.Lines();
        Assert.InRange(lines.Count, 1_000, 20_000);
        Assert.All(lines, l => Assert.EndsWith("a few times", l, StringComparison.Ordinal));
        Assert.StartsWith("line 19999 ", lines[^1], StringComparison.Ordinal);
        Assert.All(lines.Zip(lines.Skip(1)), p => Assert.Equal(Number(p.First) + 1, Number(p.Second)));
        static int Number(string line) => int.Parse(line.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
    }
}
