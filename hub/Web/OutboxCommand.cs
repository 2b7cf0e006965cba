using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Receipts;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Vehicles;
using ThreeOneOne.Field.Settings;

namespace ThreeOneOne.Field.Hub.Web;

/// <summary>
/// <c>field-hub outbox import FILE</c>: takes in an outbox that came on a stick. Only while no hub serves the data: a serving
/// one holds what it knows in memory and takes the file by <c>POST /api/outbox</c>.
/// </summary>
public static class OutboxCommand
{
    private const string Usage = "field-hub outbox import FILE [settings]: FILE is what 'field-agent outbox export' wrote";
    private const int Failed = 1;

    public static async Task<int> RunAsync(string[] args)
    {
        if (args is not ["import", var path, .. var rest] || path.StartsWith('-'))
        {
            await Console.Error.WriteLineAsync(Usage).ConfigureAwait(false);
            return SettingsReader.ExitCode;
        }

        var reader = SettingsReader.Read(rest, RunCommand.DefaultFile);
        var settings = HubSettings.Bind(reader);
        if (reader.Report(Console.Error)) return SettingsReader.ExitCode;
        try
        {
            await using var file = Open(path);
            ImportOutbox.Open(file);
            file.Position = 0;
            if (DataFolder.UseFault(settings.Storage, Environment.IsPrivilegedProcess) is { } fault) throw new InvalidOperationException(fault);
            using var claim = Claim(settings, path);
            settings.Storage.Serves = true;
            await using var app = HubApplication.Build(settings, services => services.AddLogging(logs => logs.SetMinimumLevel(LogLevel.Error)));
            await app.Services.GetRequiredService<VehicleRegistry>().StartAsync(CancellationToken.None).ConfigureAwait(false);
            var done = await app.Services.GetRequiredService<ImportOutbox>().RunAsync(file, Actor.Console, CancellationToken.None).ConfigureAwait(false);
            await Console.Out.WriteLineAsync($"{done.Vehicle}: {done.New} new, {done.Known} known already, {done.Aside} kept aside").ConfigureAwait(false);
            if (done.Aside > 0) await Console.Out.WriteLineAsync("GET /api/aside says why, once the hub runs").ConfigureAwait(false);
            return 0;
        }
        catch (ImportRefusedException e)
        {
            await Console.Error.WriteLineAsync($"{path}: {e.Message}").ConfigureAwait(false);
            return Failed;
        }
        catch (Exception e) when (e is InvalidOperationException or IOException or UnauthorizedAccessException or InvalidDataException)
        {
            await Console.Error.WriteLineAsync(e.Message).ConfigureAwait(false);
            return Failed;
        }
    }

    private static FileStream Open(string path)
    {
        try
        {
            return File.OpenRead(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ImportRefusedException(
                Directory.Exists(path) ? "this is a folder: name the file in it"
                : e is FileNotFoundException or DirectoryNotFoundException ? "there is no such file"
                : $"it cannot be read ({e.Message.TrimEnd('.')}): make it readable for the user who runs this", e);
        }
    }

    private static IDisposable Claim(HubSettings settings, string path)
    {
        try
        {
            return DataFolder.Claim(settings.Storage.Folder);
        }
        catch (InvalidOperationException e)
        {
            throw new ImportRefusedException(
                $"a hub serves the data in {Path.GetFullPath(settings.Storage.Folder)}: give it the file, with a key that may write vehicles "
                + $"(field-hub keys create): curl -H \"Authorization: Bearer $KEY\" --data-binary @{path} http://localhost:{settings.Hub.Port}/api/outbox; or end it first", e);
        }
    }
}
