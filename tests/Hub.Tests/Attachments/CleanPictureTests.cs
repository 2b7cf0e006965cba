using System.Text;
using ThreeOneOne.Field.Hub.Attachments;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.Attachments;

/// <summary>Pictures go outside without what they say about who took them, where and with what; and they stay the same pictures.</summary>
public sealed class CleanPictureTests
{
    private const string Secret = "taken by quagga at 42.3655";

    [Fact]
    public void A_jpeg_keeps_its_scans_and_which_side_is_up_and_nothing_else()
    {
        var telling = Pictures.Telling(Secret);
        Assert.True(CountOf(telling, Secret) >= 5);
        var clean = CleanPicture.Of(AttachmentType.Jpeg, telling)!;
        Assert.Equal(0, CountOf(clean, Secret));
        Assert.Equal(0, CountOf(clean, "ICC_PROFILE"));
        Assert.Equal(["E1", "E0", "DB", "DB", "C0", "C4", "C4", "C4", "C4", "DA"], Markers(clean));
        // Orientation 6, in an Exif of one entry.
        Assert.Equal([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6], clean[22..32]);
        Assert.Equal(ScanOf(Pictures.Jpeg), ScanOf(clean));
        // Clean is clean.
        Assert.Equal(clean, CleanPicture.Of(AttachmentType.Jpeg, clean));
    }

    [Fact]
    public void An_upright_jpeg_needs_no_exif_at_all() =>
        Assert.Equal(["E0", "DB", "DB", "C0", "C4", "C4", "C4", "C4", "DA"], Markers(CleanPicture.Of(AttachmentType.Jpeg, Pictures.Telling(Secret, orientation: 1))!));

    [Fact]
    public void Scans_hold_stuffed_bytes_and_restarts_and_there_may_be_several()
    {
        byte[] scan = [0xFF, 0xDA, 0, 4, 1, 1, 9, 0xFF, 0x00, 8, 0xFF, 0xD3, 7];
        byte[] table = [0xFF, 0xC4, 0, 3, 5];
        byte[] comment = [0xFF, 0xFE, 0, 4, (byte)'h', (byte)'i'];
        byte[] jpeg = [0xFF, 0xD8, .. table, .. scan, .. comment, 0xFF, .. table, .. scan, 0xFF, 0xD9];
        Assert.Equal([0xFF, 0xD8, .. table, .. scan, .. table, .. scan, 0xFF, 0xD9], CleanPicture.Of(AttachmentType.Jpeg, jpeg));
    }

    [Fact]
    public void A_png_and_a_webp_keep_their_picture_and_nothing_else()
    {
        foreach (var (type, plain, telling) in new[]
        {
            (AttachmentType.Png, Pictures.Png, Pictures.TellingPng(Secret)), (AttachmentType.Webp, Pictures.Webp, Pictures.TellingWebp(Secret)),
        })
        {
            Assert.True(CountOf(telling, Secret) >= 2);
            var clean = CleanPicture.Of(type, telling)!;
            Assert.Equal(0, CountOf(clean, Secret));
            Assert.Equal(0, CountOf(clean, "ICCP"));
            Assert.Equal(clean, CleanPicture.Of(type, plain));
            Assert.True(AttachmentType.Matches(type, clean));
        }
    }

    [Fact]
    public void What_is_broken_or_of_another_type_is_not_shown_and_never_throws()
    {
        Assert.Null(CleanPicture.Of(AttachmentType.Ogg, "OggS and so on"u8));
        Assert.Null(CleanPicture.Of(AttachmentType.Jpeg, [0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3]));
        Assert.Null(CleanPicture.Of(AttachmentType.Png, Pictures.Jpeg));
        var random = new Random(311);
        foreach (var (type, picture) in new[]
        {
            (AttachmentType.Jpeg, Pictures.Telling(Secret)), (AttachmentType.Png, Pictures.TellingPng(Secret)), (AttachmentType.Webp, Pictures.TellingWebp(Secret)),
        })
        {
            for (var i = 0; i < 3_000; i++)
            {
                var broken = picture[..random.Next(12, picture.Length + 1)];
                for (var changes = random.Next(4); changes > 0; changes--) broken[random.Next(broken.Length)] = (byte)random.Next(256);
                CleanPicture.Of(type, broken);
            }
        }
    }

    private static int CountOf(byte[] bytes, string text)
    {
        var (count, wanted) = (0, Encoding.ASCII.GetBytes(text));
        for (var at = bytes.AsSpan().IndexOf(wanted); at >= 0;)
        {
            count++;
            var next = bytes.AsSpan(at + 1).IndexOf(wanted);
            at = next < 0 ? -1 : at + 1 + next;
        }

        return count;
    }

    private static List<string> Markers(byte[] jpeg)
    {
        var markers = new List<string>();
        for (var at = 2; jpeg[at] == 0xFF && markers.LastOrDefault() != "DA"; at += 2 + (jpeg[at + 2] << 8) + jpeg[at + 3]) markers.Add($"{jpeg[at + 1]:X2}");
        return markers;
    }

    private static byte[] ScanOf(byte[] jpeg) => jpeg[jpeg.AsSpan().LastIndexOf([(byte)0xFF, (byte)0xDA])..];
}
