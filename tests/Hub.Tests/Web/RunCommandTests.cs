using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Tests.Web;

/// <summary>The program as a city runs it, by its exit codes.</summary>
public sealed class RunCommandTests : IDisposable
{
    private static readonly string Program = typeof(HubApplication).Assembly.Location;

    private readonly string folder = Directory.CreateTempSubdirectory("field-run-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Bad_settings_are_reported_all_at_once_with_exit_code_2()
    {
        var (code, errors) = await RunAsync("run", "--Hub:Port=http", "--Storage:Readers=0", "--Live:Tack=00:00:01", "--Nobody:Key=1");
        Assert.Equal(2, code);
        Assert.Contains("Hub:Port = 'http': expected a whole number from 0 to 65535", errors, StringComparison.Ordinal);
        Assert.Contains("Storage:Readers = '0': expected a whole number from 1 to 64", errors, StringComparison.Ordinal);
        Assert.Contains("Live:Tack = '00:00:01': expected one of the keys", errors, StringComparison.Ordinal);
        Assert.Contains("Nobody: expected a section of this program", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_taken_port_is_one_sentence_and_starts_nothing()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        var (code, errors) = await RunAsync("run", $"--Hub:Port={port}", $"--Storage:Folder={folder}/data");
        Assert.Equal(3, code);
        Assert.StartsWith($"127.0.0.1:{port} is taken", Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.False(Directory.Exists($"{folder}/data"));
    }

    [Fact]
    public async Task A_second_hub_on_the_same_data_is_one_sentence()
    {
        using var first = DataFolder.Claim(folder);
        var (code, errors) = await RunAsync(["run", "--Hub:Port=0", $"--Storage:Folder={folder}", .. ExternalBroker()]);
        Assert.Equal(1, code);
        Assert.Contains(folder, Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--Streets:CentrelinesFile=/nowhere/centerlines.geojson", "/nowhere/centerlines.geojson")]
    [InlineData("--Hub:Address=192.0.2.1", "192.0.2.1")]
    [InlineData("--Enrolment:VehicleDays=1", "hub.db")]
    public async Task What_keeps_it_from_starting_is_one_sentence(string argument, string named)
    {
        var data = Directory.CreateDirectory(Path.Combine(folder, "data")).FullName;
        if (named == "hub.db") await File.WriteAllTextAsync(Path.Combine(data, "hub.db"), string.Concat(Enumerable.Repeat("no database ", 500)));
        var port = argument.StartsWith("--Hub", StringComparison.Ordinal) ? "--Hub:Port=5399" : "--Hub:Port=0";
        var (code, errors) = await RunAsync(["run", port, $"--Storage:Folder={data}", argument, .. ExternalBroker()]);
        Assert.Equal(1, code);
        Assert.Contains(named, Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Root_is_refused_before_anything_belongs_to_it()
    {
        if (!Environment.IsPrivilegedProcess) return;
        foreach (var command in new[] { new[] { "run", "--Hub:Port=0" }, ["keys", "list"] })
        {
            var (code, errors) = await RunAsync([.. command, $"--Storage:Folder={folder}/data"]);
            Assert.Equal(1, code);
            Assert.Contains("root", Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
            Assert.False(Directory.Exists($"{folder}/data"));
        }
    }

    [Fact]
    public async Task An_unknown_command_prints_what_there_is()
    {
        var (code, errors) = await RunAsync("fly");
        Assert.Equal(2, code);
        Assert.Contains("field-hub run", errors, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("--help")).Code);
    }

    // Tests may be root, whom the hub refuses when it must start a broker itself.
    private string[] ExternalBroker()
    {
        var file = Path.Combine(folder, "some.pem");
        File.WriteAllText(file, "");
        return ["--Broker:Kind=External", "--Broker:Port=1", $"--Broker:CaFile={file}", $"--Broker:CertificateFile={file}", $"--Broker:KeyFile={file}"];
    }

    private static async Task<(int Code, string Errors)> RunAsync(params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. args]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = await process.StandardError.ReadToEndAsync();
        await output;
        await process.WaitForExitAsync();
        return (process.ExitCode, errors);
    }
}
