using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tests.Storage;

namespace ThreeOneOne.Field.Hub.Tests.Imports;

/// <summary><c>field-hub import</c> as the program that people start.</summary>
public sealed class ImportCommandTests : IAsyncLifetime
{
    private static readonly string Program = typeof(HubApplication).Assembly.Location;

    private readonly string folder = Directory.CreateTempSubdirectory("field-import-").FullName;

    private string Data => Path.Combine(folder, "data");

    public async Task InitializeAsync()
    {
        // A hub has run here.
        Directory.CreateDirectory(Data);
        using var none = new ReactionCatalogue([]);
        await using var database = new Database(TestStorage.Options(Data), none, [], TimeProvider.System, NullLogger<Database>.Instance);
    }

    public Task DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Street_lights_come_in_with_what_was_rejected_on_standard_error_or_in_a_file()
    {
        var file = Write("lights.csv", "Nr;Own;Y;X\n1;City;42.3736;-71.1097\n2;City;;\n3;City;42.3740;-71.1100\n");
        string[] words = ["street-lights", file, "--id", "Nr", "--owner", "Own", "--lat=Y", "--lon", "X", "--delimiter", ";"];
        var (code, output, error) = await RunAsync([.. words, "--dry-run"]);
        Assert.Equal((1, "lights.csv: would be: 3 rows, 2 imported, 0 changed, 0 unchanged, 0 passed over, 1 rejected\n          1 no place\n"), (code, output));
        Assert.Equal("line 3 (2): Y is empty: give it degrees north and east\n", error);
        Assert.Equal((1, "lights.csv: 3 rows, 2 imported, 0 changed, 0 unchanged, 0 passed over, 1 rejected\n          1 no place\n"), await WithoutErrorAsync(words));
        var report = Path.Combine(folder, "rejected.csv");
        (code, output, error) = await RunAsync([.. words, "--report", report]);
        Assert.Equal((1, "", "lights.csv: 3 rows, 0 imported, 0 changed, 2 unchanged, 0 passed over, 1 rejected"), (code, error, output.Split('\n')[0]));
        Assert.Equal("line,row,reason,cause,remedy\n3,\"2\",\"no place\",\"Y is empty\",\"give it degrees north and east\"\n", await File.ReadAllTextAsync(report));
        // A good file: 0.
        Assert.Equal(0, (await RunAsync("street-lights", Write("good.csv", "PoleID,Latitude,Longitude\n1,42.3736,-71.1097\n"))).Code);
    }

    [Fact]
    public async Task A_city_s_requests_come_in_with_its_own_words()
    {
        var map = Write("map.json", """{"system": "old", "columns": {"id": "CASE"}, "services": {"Hole": "pothole"}}""");
        var file = Write("old.csv", "CASE,opened,service,lat,lon\n1,2026-11-02T09:00:00-05:00,Hole,42.3655,-71.1037\n");
        Assert.Equal((0, "old.csv: 1 rows, 1 imported, 0 changed, 0 unchanged, 0 passed over, 0 rejected\n"), await WithoutErrorAsync("requests", file, "--map", map));
        Assert.Equal((0, "old.csv: 1 rows, 0 imported, 0 changed, 1 unchanged, 0 passed over, 0 rejected\n"), await WithoutErrorAsync("requests", file, "--map", map));
        var (code, _, error) = await RunAsync("requests", file);
        Assert.Equal(2, code);
        Assert.Contains("no column for id ('id')", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_begin_says_why_with_exit_code_2()
    {
        var good = Write("good.csv", "PoleID,Latitude,Longitude\n1,42.3736,-71.1097\n");
        Assert.Contains("there is no such file", (await FailAsync("street-lights", Path.Combine(folder, "none"))), StringComparison.Ordinal);
        Assert.Contains("this is a folder", await FailAsync("street-lights", folder), StringComparison.Ordinal);
        Assert.Contains("spreadsheet", await FailAsync("street-lights", Write("lights.xlsx", "PK\u0003\u0004")), StringComparison.Ordinal);
        Assert.Contains("field-hub import street-lights FILE", await FailAsync("trees", good), StringComparison.Ordinal);
        Assert.Contains("field-hub import street-lights FILE", await FailAsync("street-lights", good, "--encoding", "klingon"), StringComparison.Ordinal);
        using var serving = DataFolder.Claim(Data);
        Assert.Contains("/api/imports/street-lights?name=good.csv&id=N%20r'", await FailAsync("street-lights", good, "--id", "N r"), StringComparison.Ordinal);
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private async Task<string> FailAsync(params string[] words)
    {
        var (code, output, error) = await RunAsync(words);
        Assert.Equal((2, ""), (code, output));
        return error;
    }

    private async Task<(int, string)> WithoutErrorAsync(params string[] words) => await RunAsync(words) is var (code, output, _) ? (code, output) : default;

    private async Task<(int Code, string Output, string Error)> RunAsync(params string[] words)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Program, "import", .. words, .. TestStorage.Arguments(Data)]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, error);
    }
}
