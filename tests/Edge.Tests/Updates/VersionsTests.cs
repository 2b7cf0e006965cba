using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using ThreeOneOne.Field.Agent.Updates;
using ThreeOneOne.Field.Support;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Edge.Tests.Updates;

/// <summary>What the launcher starts, by every state that the folder of versions can be in.</summary>
public sealed class VersionsTests : IDisposable
{
    private readonly TemporaryFolder temporary = new();
    private readonly VersionsFolder folder;

    public VersionsTests()
    {
        folder = new VersionsFolder(temporary["versions"]);
        Directory.CreateDirectory(folder.Path);
        Directory.CreateDirectory(temporary["base"]);
        Directory.CreateDirectory(temporary["bin"]);
        File.Copy(Path.Combine(Repository.Root, "firmware-config", "packaging", "agent", "launch"), temporary["base/launch"]);
        File.WriteAllText(temporary["base/version"], "0.1.0\n");
        File.WriteAllText(temporary["base/field-agent.dll"], "");
        // Says what it was asked to start.
        File.WriteAllText(temporary["bin/dotnet"], "#!/bin/sh\necho \"$1\"\n");
        File.SetUnixFileMode(temporary["bin/dotnet"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    public void Dispose() => temporary.Dispose();

    [Fact]
    public void A_version_on_trial_is_started_a_few_times_and_then_no_more()
    {
        Unpack("0.2.0");
        Assert.Equal("base", Launch());
        folder.Try("0.2.0");
        for (var i = 0; i < 4; i++) Assert.Equal("0.2.0", Launch());
        Assert.Equal("base", Launch());
        Assert.Equal(("0.2.0", "started 4 times and did not prove itself"), folder.Failed);
        Assert.Null(folder.Next);
        Assert.Equal("base", Launch());
    }

    [Fact]
    public void A_start_that_ended_as_asked_is_not_counted()
    {
        Unpack("0.2.0");
        folder.Try("0.2.0");
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal("0.2.0", Launch());
            folder.EndCleanly();
        }

        Assert.Equal("0.2.0", folder.Next);
    }

    [Fact]
    public void A_proven_version_stays_and_the_one_before_it_can_be_gone_back_to()
    {
        Unpack("0.2.0");
        folder.Try("0.2.0");
        folder.Keep("0.2.0");
        Assert.Equal("0.2.0", Launch());
        Unpack("0.3.0");
        folder.Try("0.3.0");
        Assert.Equal("0.3.0", Launch());
        folder.TakeBack("0.3.0", "no fix\nany more");
        Assert.Equal("0.2.0", Launch());
        Assert.Equal(("0.3.0", "no fixany more"), folder.Failed);
        folder.TidyUp("0.2.0");
        Assert.True(folder.Has("0.2.0"));
    }

    [Fact]
    public void Two_versions_are_kept()
    {
        foreach (var version in new[] { "0.2.0", "0.3.0", "0.4.0", "0.10.0" })
        {
            Unpack(version);
            folder.Keep(version);
        }

        Directory.CreateDirectory(temporary["versions/0.11.0.new"]);
        folder.TidyUp("0.10.0");
        Assert.Equal(["0.10.0", "0.4.0"], Directory.GetDirectories(folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_newer_package_comes_before_an_older_update()
    {
        Unpack("0.0.9");
        folder.Keep("0.0.9");
        Assert.Equal("base", Launch());
        // But for a roll-back from this very package.
        folder.MayReplace("0.0.9", "0.1.0");
        Assert.Equal("0.0.9", Launch());
        File.WriteAllText(temporary["base/version"], "0.1.1\n");
        Assert.Equal("base", Launch());
    }

    [Fact]
    public void Files_that_name_something_else_start_the_package()
    {
        Unpack("0.2.0");
        foreach (var text in new[] { "../base", "0.2.0/../../base", "", "9.9.9", "/etc", "-x" })
        {
            File.WriteAllText(temporary["versions/current"], text);
            File.WriteAllText(temporary["versions/next"], text);
            Assert.Equal("base", Launch());
        }

        File.WriteAllText(temporary["versions/next"], "0.2.0");
        File.WriteAllText(temporary["versions/starts"], "many");
        Assert.Equal("base", Launch());
    }

    [Fact]
    public void The_power_may_go_between_any_two_steps_and_a_whole_version_is_started()
    {
        // Every state of the files that a cut can leave, in the order in which they are made.
        Unpack("0.2.0");
        folder.Keep("0.2.0");
        Unpack("0.3.0");
        string[] steps = ["unpacking", "unpacked", "tried", "kept", "forgotten", "counted"];
        foreach (var step in steps)
        {
            switch (step)
            {
                case "unpacking":
                    Directory.CreateDirectory(temporary["versions/0.4.0.new"]);
                    File.WriteAllText(temporary["versions/0.4.0.new/field-agent.dll"], "half");
                    break;
                case "tried":
                    folder.Try("0.3.0");
                    break;
                case "kept":
                    // Between the two files of keeping.
                    File.WriteAllText(temporary["versions/current"], "0.3.0");
                    break;
                case "forgotten":
                    File.Delete(temporary["versions/next"]);
                    break;
                case "counted":
                    File.WriteAllText(temporary["versions/starts.new"], "");
                    break;
            }

            var started = Launch();
            Assert.True(started is "0.2.0" or "0.3.0", $"after {step}: {started}");
            Assert.NotEqual("half", File.ReadAllText(Path.Combine(folder.FolderOf(started), UpdateArchive.Program)));
        }

        folder.TidyUp("0.3.0");
        Assert.Equal("0.3.0", Launch());
        Assert.False(Directory.Exists(temporary["versions/0.4.0.new"]));
    }

    [Fact]
    public void An_archive_stays_in_its_folder_and_in_its_bounds()
    {
        void Refused(Action<TarWriter> write, string why)
        {
            using var archive = Archive(write);
            var e = Assert.Throws<UpdateRefusedException>(() => UpdateArchive.Unpack(archive, temporary["versions/0.9.0"]));
            Assert.Contains(why, e.Message, StringComparison.Ordinal);
            Assert.Empty(Directory.EnumerateFileSystemEntries(temporary["versions"], "0.9.0*"));
        }

        Refused(t => Add(t, "../evil", "x"), "outside");
        Refused(t => Add(t, "a/../../evil", "x"), "outside");
        Refused(t => Add(t, "/etc/evil", "x"), "outside");
        Refused(t => t.WriteEntry(new UstarTarEntry(TarEntryType.SymbolicLink, "link") { LinkName = "/etc" }), "SymbolicLink");
        Refused(t => t.WriteEntry(new UstarTarEntry(TarEntryType.HardLink, "link") { LinkName = "field-agent.dll" }), "HardLink");
        Refused(t => t.WriteEntry(new UstarTarEntry(TarEntryType.Fifo, "pipe")), "Fifo");
        Refused(t => Add(t, "readme", "x"), "holds no field-agent.dll");
        Refused(t =>
        {
            for (var i = 0; i < 2_001; i++) Add(t, $"f{i}", "");
        }, "more than 2000 files");
        using var garbage = new MemoryStream(RandomNumberGenerator.GetBytes(5_000));
        Assert.Throws<UpdateRefusedException>(() => UpdateArchive.Unpack(garbage, temporary["versions/0.9.0"]));
        Assert.False(File.Exists(temporary["evil"]));
    }

    [Fact]
    public void Versions_are_ordered_by_their_numbers_and_name_folders_only()
    {
        Assert.True(UpdateManifest.Compare("0.10.0", "0.9.9") > 0);
        foreach (var wrong in new[] { "", "1", "1.0", "1.0.0.0", "01.0.0", "1.0.0\n", "../1.0.0", "999999.0.0" }) Assert.False(UpdateManifest.IsVersion(wrong));
        Assert.Throws<ArgumentException>(() => folder.FolderOf("../x"));
        Assert.Throws<ArgumentException>(() => folder.PartOf("../x"));
    }

    private void Unpack(string version)
    {
        using var archive = Archive(t =>
        {
            Add(t, "./field-agent.dll", version);
            Add(t, "./page/index.html", "<!doctype html>");
        });
        UpdateArchive.Unpack(archive, folder.FolderOf(version));
    }

    private static MemoryStream Archive(Action<TarWriter> write)
    {
        var bytes = new MemoryStream();
        using (var packed = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(packed)) write(tar);
        bytes.Position = 0;
        return bytes;
    }

    private static void Add(TarWriter tar, string name, string text) =>
        tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) });

    private string Launch()
    {
        var start = new ProcessStartInfo("/bin/sh", [temporary["base/launch"], "run"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PATH"] = $"{temporary["bin"]}:/usr/bin:/bin";
        start.Environment["FIELD_VERSIONS"] = folder.Path;
        using var process = Process.Start(start)!;
        var said = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        Assert.EndsWith("/field-agent.dll", said, StringComparison.Ordinal);
        return Path.GetFileName(Path.GetDirectoryName(said))!;
    }
}
