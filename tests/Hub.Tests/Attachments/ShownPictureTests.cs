using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ThreeOneOne.Field.Hub.Attachments;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tests.Access;
using ThreeOneOne.Field.Hub.Tests.Enrolment;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.Attachments;

/// <summary>What people see of a picture, who may take it as it came, and how long it is kept.</summary>
public sealed class ShownPictureTests
{
    private const string Secret = "42.3736N 71.1097W";

    [Fact]
    public async Task People_see_a_copy_that_says_nothing_and_the_original_wants_a_permission_and_a_reason()
    {
        await using var hub = await RealHub.StartAsync();
        var original = Pictures.Telling(Secret);
        var sha = await KeepAsync(hub, AttachmentType.Jpeg, original);
        using var reader = await hub.WithKeyAsync("read-only");
        using var supervisor = await hub.WithKeyAsync("supervisor");
        var shown = await reader.GetByteArrayAsync(new Uri($"/api/attachments/{sha}", UriKind.Relative));
        Assert.Equal(-1, shown.AsSpan().IndexOf(Encoding.ASCII.GetBytes(Secret)));
        Assert.NotEqual(-1, original.AsSpan().IndexOf(Encoding.ASCII.GetBytes(Secret)));

        Assert.Equal(HttpStatusCode.Forbidden, (await reader.FetchAsync($"/api/attachments/{sha}/original?reason=curious")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await supervisor.FetchAsync($"/api/attachments/{sha}/original")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await supervisor.FetchAsync($"/api/attachments/{sha}/original?reason=x")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await supervisor.FetchAsync($"/api/attachments/{new string('0', 64)}/original?reason=for%20court")).StatusCode);
        using var taken = await supervisor.FetchAsync($"/api/attachments/{sha}/original?reason=for%20court");
        Assert.Equal(original, await taken.Content.ReadAsByteArrayAsync());
        Assert.Equal($"sha-256=:{Convert.ToBase64String(SHA256.HashData(original))}:", taken.Headers.GetValues("Repr-Digest").Single());
        using var admin = await hub.WithKeyAsync("city-it");
        var audit = await (await admin.FetchAsync("/api/audit")).JsonAsync();
        Assert.Contains(audit.GetProperty("items").EnumerateArray(), e => e.GetProperty("action").GetString() == "attachment.original" && e.GetProperty("detail").GetString() == "for court");
    }

    [Fact]
    public async Task Where_the_programs_are_a_jpeg_is_encoded_anew_and_stays_turned()
    {
        var reencoder = new JpegReencoder(new AttachmentsOptions(), NullLogger<JpegReencoder>.Instance);
        Assert.True(reencoder.IsThere, "install libjpeg-turbo-progs");
        var clean = CleanPicture.Of(AttachmentType.Jpeg, Pictures.Telling(Secret, orientation: 6))!;
        var made = await reencoder.RunAsync(clean, default);
        Assert.NotNull(made);
        Assert.NotEqual(clean, made);
        // As a picture that can be taken apart again, turned as before.
        Assert.NotNull(CleanPicture.Of(AttachmentType.Jpeg, made));
        Assert.NotEqual(-1, made.AsSpan().IndexOf(new byte[] { 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6 }));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_hostile_jpeg_comes_to_nothing_and_costs_little(int seed)
    {
        var reencoder = new JpegReencoder(new AttachmentsOptions(), NullLogger<JpegReencoder>.Instance);
        var random = new Random(seed);
        var clean = CleanPicture.Of(AttachmentType.Jpeg, Pictures.Jpeg)!;
        for (var i = 0; i < 8; i++)
        {
            var broken = clean.ToArray();
            for (var n = random.Next(1, 12); n > 0; n--) broken[random.Next(2, broken.Length)] = (byte)random.Next(256);
            // Either a picture or nothing: never an exception, never more than it may be.
            var made = await reencoder.RunAsync(broken, default);
            Assert.True(made is null || made.Length < 1_000_000);
        }

        // 65,535 × 65,535 points in a few bytes.
        var vast = clean.ToArray();
        var frame = vast.AsSpan().IndexOf(new byte[] { 0xFF, 0xC0 });
        vast.AsSpan(frame + 5, 4).Fill(0xFF);
        Assert.Null(await reencoder.RunAsync(vast, default));
    }

    [Fact]
    public async Task A_picture_that_comes_out_longer_than_a_file_may_be_ends_its_programs_at_once()
    {
        var reencoder = new JpegReencoder(new AttachmentsOptions { MaxFileBytes = 1_000 }, NullLogger<JpegReencoder>.Instance) { Longest = TimeSpan.FromHours(1) };
        // Grey points without end: much more than a pipe holds.
        var wide = CleanPicture.Of(AttachmentType.Jpeg, Pictures.Jpeg)!;
        var frame = wide.AsSpan().IndexOf(new byte[] { 0xFF, 0xC0 });
        new byte[] { 0x17, 0x70, 0x17, 0x70 }.CopyTo(wide, frame + 5);
        Assert.NotNull(await new JpegReencoder(new AttachmentsOptions(), NullLogger<JpegReencoder>.Instance) { Longest = TimeSpan.FromHours(1) }.RunAsync(wide, default));
        Assert.Null(await reencoder.RunAsync(wide, default).WaitAsync(TimeSpan.FromMinutes(2)));
    }

    [Fact]
    public async Task A_picture_that_cannot_be_shown_is_not_tried_at_every_look()
    {
        var clock = new TestClock();
        using var logs = new KeptLog();
        await using var hub = await RealHub.StartAsync(services: s => s.AddSingleton<TimeProvider>(clock).AddLogging(l => l.AddProvider(logs)));
        var vast = CleanPicture.Of(AttachmentType.Jpeg, Pictures.Jpeg)!;
        vast.AsSpan(vast.AsSpan().IndexOf(new byte[] { 0xFF, 0xC0 }) + 5, 4).Fill(0xFF);
        var sha = await KeepAsync(hub, AttachmentType.Jpeg, vast);
        using var reader = await hub.WithKeyAsync("read-only");
        for (var i = 0; i < 3; i++) Assert.False((await reader.FetchAsync($"/api/attachments/{sha}")).IsSuccessStatusCode);
        Assert.Single(Tried());
        clock.Advance(TimeSpan.FromHours(2));
        Assert.False((await reader.FetchAsync($"/api/attachments/{sha}")).IsSuccessStatusCode);
        Assert.Equal(2, Tried().Length);

        string[] Tried() => [.. logs.All.Split('\n').Where(l => l.Contains("cannot be encoded anew", StringComparison.Ordinal))];
    }

    [Fact]
    public async Task A_file_goes_when_its_time_is_over_unless_somebody_holds_it()
    {
        var clock = new TestClock();
        await using var hub = await RealHub.StartAsync(settings: s => s.Attachments.ResidentDays = 30, services: s => s.AddSingleton<TimeProvider>(clock));
        var (goes, stays) = (await KeepAsync(hub, AttachmentType.Jpeg, Pictures.Telling("one")), await KeepAsync(hub, AttachmentType.Jpeg, Pictures.Telling("two")));
        using var supervisor = await hub.WithKeyAsync("supervisor");
        using var held = await supervisor.PutAsync(new Uri($"/api/attachments/{stays}/hold", UriKind.Relative), System.Net.Http.Json.JsonContent.Create(new { reason = "a claim is open" }));
        Assert.Equal(HttpStatusCode.NoContent, held.StatusCode);
        var retention = hub.Services.GetRequiredService<FileRetention>();
        Assert.Equal(0, await retention.RunAsync(default));
        clock.Advance(TimeSpan.FromDays(31));
        Assert.Equal(1, await retention.RunAsync(default));
        Assert.Equal(HttpStatusCode.NotFound, (await supervisor.FetchAsync($"/api/attachments/{goes}")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await supervisor.FetchAsync($"/api/attachments/{stays}")).StatusCode);
        var row = Assert.Single(await hub.Services.GetRequiredService<Database>().ReadAsync(c => hub.Services.GetRequiredService<AttachmentList>().OfActions(c, ["subject-" + goes]), default));
        Assert.Contains("its time was over", row.Reason, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, (await supervisor.DeleteAsync(new Uri($"/api/attachments/{stays}/hold", UriKind.Relative))).StatusCode);
        Assert.Equal(1, await retention.RunAsync(default));
        Assert.False(File.Exists(hub.Services.GetRequiredService<AttachmentFiles>().PathOf(stays)));

        // Sent once more, it is a file anew.
        Assert.Equal(goes, await KeepAsync(hub, AttachmentType.Jpeg, Pictures.Telling("one")));
        Assert.Equal(HttpStatusCode.OK, (await supervisor.FetchAsync($"/api/attachments/{goes}")).StatusCode);
        Assert.Equal(0, await retention.RunAsync(default));

        // A disk that does not let go of it: it is not called gone, and the next run takes it up again.
        clock.Advance(TimeSpan.FromDays(31));
        var path = hub.Services.GetRequiredService<AttachmentFiles>().PathOf(goes);
        File.Move(path, path + ".aside");
        Directory.CreateDirectory(path);
        await Assert.ThrowsAnyAsync<Exception>(() => retention.RunAsync(default));
        Directory.Delete(path);
        File.Move(path + ".aside", path);
        Assert.Equal(1, await retention.RunAsync(default));
        Assert.False(File.Exists(path));
    }

    private static async Task<string> KeepAsync(RealHub hub, string type, byte[] bytes)
    {
        var keep = hub.Services.GetRequiredService<KeepFile>();
        var use = keep.Write(type, bytes);
        await hub.Services.GetRequiredService<Database>().WriteAsync(scope => keep.Name(scope, "subject-" + use.Sha256, use), WritePriority.Interactive, default);
        return use.Sha256;
    }
}
