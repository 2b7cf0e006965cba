using System.Diagnostics;
using ThreeOneOne.Field.Hub.Enrolment;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tests.Ingest;
using ThreeOneOne.Field.Hub.Tests.Receipts;
using ThreeOneOne.Field.Hub.Tests.Storage;

namespace ThreeOneOne.Field.Hub.Tests.Web;

/// <summary><c>field-hub outbox import FILE</c> as the program that people start.</summary>
public sealed class OutboxCommandTests : IAsyncLifetime
{
    private static readonly string Program = typeof(HubApplication).Assembly.Location;

    private readonly string folder = Directory.CreateTempSubdirectory("field-import-").FullName;

    private string Data => Path.Combine(folder, "data");

    private string Outbox => Path.Combine(folder, "unit-214.outbox");

    public async Task InitializeAsync()
    {
        await using (var hub = await TestHub.StartAsync(folder: Data)) await hub.RegisterAsync();
        using var authority = CertificateAuthority.Open(Data, new EnrolmentOptions(), TimeProvider.System);
        await File.WriteAllBytesAsync(Outbox, CarriedOutbox.Of(authority));
    }

    public Task DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task An_outbox_comes_in_while_no_hub_runs_and_again_without_effect()
    {
        Assert.Equal((0, "unit-214: 3 new, 0 known already, 0 kept aside\n", ""), await RunAsync(Outbox));
        Assert.Equal((0, "unit-214: 0 new, 3 known already, 0 kept aside\n", ""), await RunAsync(Outbox));
    }

    [Fact]
    public async Task A_hub_that_serves_the_data_is_given_the_file_instead()
    {
        using var serving = DataFolder.Claim(Data);
        var (code, _, error) = await RunAsync(Outbox);
        Assert.Equal(1, code);
        Assert.Contains($"--data-binary @{Outbox} http://localhost:5311/api/outbox", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("empty", "the file is empty: bring the file whole")]
    [InlineData("cut", "the file is cut: bring the file whole")]
    [InlineData("changed", "not as vehicle 'unit-214' signed it: bring the file whole")]
    [InlineData("stranger", "is not of this hub's authority: bring the file to the hub")]
    [InlineData("none", "there is no such file")]
    [InlineData("data", "this is a folder: name the file in it")]
    public async Task What_is_no_outbox_of_this_hub_is_refused_with_cause_and_remedy(string name, string expected)
    {
        var whole = await File.ReadAllBytesAsync(Outbox);
        var path = Path.Combine(folder, name);
        if (name == "empty") await File.WriteAllBytesAsync(path, []);
        if (name == "cut") await File.WriteAllBytesAsync(path, whole[..(whole.Length / 2)]);
        if (name == "stranger") await File.WriteAllBytesAsync(path, CarriedOutbox.OfStranger());
        if (name == "changed")
        {
            whole[^100] ^= 1;
            await File.WriteAllBytesAsync(path, whole);
        }

        var (code, output, error) = await RunAsync(path);
        Assert.Equal((1, ""), (code, output));
        var line = Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith(path + ": ", line, StringComparison.Ordinal);
        Assert.Contains(expected, line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_without_a_hubs_data_does_not_become_one()
    {
        var wrong = Path.Combine(folder, "wrong");
        var (code, _, error) = await RunAsync(Outbox, wrong);
        Assert.Equal(1, code);
        Assert.Equal($"{wrong} holds no hub's data: name its folder with --Storage:Folder=DIR\n", error);
        Assert.False(Directory.Exists(wrong));
    }

    [Fact]
    public async Task Without_a_file_it_says_what_it_needs_with_exit_code_2()
    {
        var (code, _, error) = await RunAsync();
        Assert.Equal(2, code);
        Assert.StartsWith("field-hub outbox import FILE", error, StringComparison.Ordinal);
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(string? file = null, string? data = null)
    {
        string[] words = ["outbox", "import", .. file is null ? Array.Empty<string>() : [file], .. TestStorage.Arguments(data ?? Data)];
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Program, .. words]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, error);
    }
}
