namespace ThreeOneOne.Field.Wire.Tests;

public sealed class EnrolmentCodeTests
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private static readonly EnrolmentCode Code = Sample("hub.cambridge.example", 5312, 7);

    [Theory]
    [InlineData("h", 1)]
    [InlineData("127.0.0.1", 65535)]
    [InlineData("::1", 5312)]
    [InlineData("averylong-name.of-1-hub.in-a-city.that-is-somewhere.example.org", 443)]
    public void A_code_is_read_as_it_was_written_however_it_is_typed(string host, int port)
    {
        var code = Sample(host, port, 3);
        var text = code.Format();
        foreach (var typed in new[] { text, text.ToLowerInvariant(), text.Replace("-", "", StringComparison.Ordinal), " " + text.Replace("-", " ", StringComparison.Ordinal) + "\r\n", text.Replace('1', 'l').Replace('0', 'o') })
        {
            Assert.True(EnrolmentCode.TryParse(typed, out var read, out var fault), fault);
            Assert.Equal((host, port), (read.Host, read.Port));
            Assert.True(read.Fingerprint.Span.SequenceEqual(code.Fingerprint.Span) && read.Secret.Span.SequenceEqual(code.Secret.Span));
        }
    }

    [Fact]
    public void Every_wrong_character_is_found_and_its_group_named()
    {
        var text = Code.Format();
        for (var at = 0; at < text.Length; at++)
        {
            foreach (var other in Alphabet.Where(c => text[at] != '-' && c != text[at]))
            {
                Assert.False(EnrolmentCode.TryParse(text[..at] + other + text[(at + 1)..], out _, out var fault));
                Assert.Equal($"group {at / 7 + 1} of six characters is mistyped", fault);
            }
        }
    }

    [Fact]
    public void Characters_and_groups_that_changed_places_are_found()
    {
        var text = Code.Format().Replace("-", "", StringComparison.Ordinal);
        for (var a = 0; a < text.Length; a++)
        {
            for (var b = a + 1; b < Math.Min(text.Length, a - a % 6 + 6); b++)
            {
                if (text[a] == text[b]) continue;
                var swapped = text.ToCharArray();
                (swapped[a], swapped[b]) = (swapped[b], swapped[a]);
                Assert.False(EnrolmentCode.TryParse(new string(swapped), out _, out _));
            }
        }

        var groups = Code.Format().Split('-');
        for (var a = 1; a < groups.Length - 1; a++)
        {
            string[] swapped = [.. groups];
            (swapped[a - 1], swapped[a]) = (swapped[a], swapped[a - 1]);
            Assert.False(EnrolmentCode.TryParse(string.Join('-', swapped), out _, out _));
        }
    }

    [Fact]
    public void A_missing_or_doubled_group_and_nonsense_are_refused()
    {
        var groups = Code.Format().Split('-');
        string[] wrong = ["", "-", "hello world", new string('0', 6), new string('A', EnrolmentCode.LongestText + 1), string.Join('-', groups[..^1]), Code.Format() + "-" + groups[^1], "ÄÖÜ"];
        foreach (var text in wrong)
        {
            Assert.False(EnrolmentCode.TryParse(text, out _, out var fault));
            Assert.NotEmpty(fault);
        }
    }

    [Fact]
    public void Chance_never_makes_a_code_and_never_an_exception()
    {
        var random = new Random(311);
        for (var i = 0; i < 20_000; i++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(120)).Select(_ => (char)random.Next(32, 127))]);
            Assert.False(EnrolmentCode.TryParse(text, out _, out _));
        }
    }

    [Fact]
    public void The_secret_shows_in_no_text_but_the_code()
    {
        Assert.DoesNotContain(Code.SecretText, $"{Code}", StringComparison.Ordinal);
        Assert.True(EnrolmentCode.IsSecretText(Code.SecretText));
        Assert.False(EnrolmentCode.IsSecretText(Code.SecretText + "0"));
    }

    private static EnrolmentCode Sample(string host, int port, byte seed) => new(
        host, port, Enumerable.Range(0, EnrolmentCode.FingerprintBytes).Select(i => (byte)(i * 37 + seed)).ToArray(),
        Enumerable.Range(0, EnrolmentCode.SecretBytes).Select(i => (byte)(i * 91 + seed)).ToArray());
}
