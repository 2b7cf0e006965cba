using System.Diagnostics;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Support;

namespace ThreeOneOne.Field.Hub.Tests.Storage;

/// <summary><c>field-hub backup</c> and <c>field-hub restore</c> as the programs that people start, on either store.</summary>
public sealed class RestoreCommandTests : IDisposable
{
    private readonly ServerFolder folder = new("restore");

    private string Data => Path.Combine(folder.Path, "data");

    private string Copy => Path.Combine(folder.Path, "backup");

    private string Again => Path.Combine(folder.Path, "again");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_backup_comes_back_into_a_new_place_and_over_nothing_that_is_there()
    {
        var program = await ReadableProgramAsync();
        Directory.CreateDirectory(Path.Combine(Data, "ca"));
        await File.WriteAllTextAsync(Path.Combine(Data, "ca", "some.key"), "secret");
        folder.HandOver();
        string[] here = TestStorage.Arguments(Data);
        Assert.Equal(0, (await RunAsync([program, "keys", "create", "--name", "kept", "--role", "integration", .. here])).Code);
        Assert.Equal(0, (await RunAsync([program, "backup", Copy, .. here])).Code);
        Assert.Equal(0, (await RunAsync([program, "keys", "create", "--name", "later", "--role", "integration", .. here])).Code);

        string[] there = TestStorage.IsPostgres
            ? [$"--Storage:Folder={Again}", "--Storage:Kind=postgres", $"--Storage:Connection={(await TestStorage.EmptyPostgresAsync(Again)).Connection}"]
            : [$"--Storage:Folder={Again}"];
        var (code, said) = await RunAsync([program, "restore", Copy, .. there]);
        Assert.True(code == 0, said);
        Assert.Contains("Start the hub", said, StringComparison.Ordinal);
        var keys = (await RunAsync([program, "keys", "list", .. there])).Said;
        Assert.Contains("kept", keys, StringComparison.Ordinal);
        Assert.DoesNotContain("later", keys, StringComparison.Ordinal);
        Assert.Equal("secret", await File.ReadAllTextAsync(Path.Combine(Again, "ca", "some.key")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(Again, "ca", "some.key")));
        Assert.Contains("audit log is whole", (await RunAsync([program, "audit", "check", .. there])).Said, StringComparison.Ordinal);

        Assert.Equal((1, $"{Again} is not empty: a backup is restored into a new folder, named with --Storage:Folder=DIR"), await RunAsync([program, "restore", Copy, .. there]));
        if (TestStorage.IsPostgres)
        {
            var full = await RunAsync([program, "restore", Copy, $"--Storage:Folder={Again}2", .. there[1..]]);
            Assert.Equal(1, full.Code);
            Assert.Contains("holds a hub's data", full.Said, StringComparison.Ordinal);
        }

        var none = await RunAsync([program, "restore", folder.Path + "/program", $"--Storage:Folder={Again}3"]);
        Assert.Equal((1, $"{folder.Path}/program is no backup of a hub"), none);
        var otherKind = TestStorage.IsPostgres ? Array.Empty<string>() : ["--Storage:Kind=postgres", "--Storage:Connection=Host=127.0.0.1;Port=1;Database=x"];
        var other = await RunAsync([program, "restore", Copy, $"--Storage:Folder={Again}4", .. otherKind]);
        Assert.Equal(1, other.Code);
        Assert.Contains($"restore it with --Storage:Kind={(TestStorage.IsPostgres ? "postgres" : "sqlite")}", other.Said, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Again + "4"));
    }

    private static async Task<(int Code, string Said)> RunAsync(string[] words)
    {
        var user = UnprivilegedUser.Current;
        string[] drop = user is null ? [] : ["setpriv", $"--reuid={user.Uid}", $"--regid={user.Gid}", "--clear-groups"];
        string[] command = [.. drop, "dotnet", .. words];
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, (output + await errors).Trim());
    }

    /// <summary>Where the checkout belongs to root alone, the hub's user gets a copy that it can read.</summary>
    private async Task<string> ReadableProgramAsync()
    {
        var program = typeof(Restore).Assembly.Location;
        var copy = Path.Combine(folder.Path, "program");
        using var copying = Process.Start("cp", ["-r", AppContext.BaseDirectory, copy]);
        await copying.WaitForExitAsync();
        return Path.Combine(copy, Path.GetFileName(program));
    }
}
