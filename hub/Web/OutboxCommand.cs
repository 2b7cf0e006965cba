using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Receipts;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Vehicles;
using ThreeOneOne.Field.Settings;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Web;

/// <summary>
/// <c>field-hub outbox import FILE</c>: takes in an outbox that came on a stick. Only while no hub serves the data: a serving
/// one holds what it knows in memory and takes the file by <c>POST /api/outbox</c>.
/// </summary>
public static class OutboxCommand
{
    private const int Failed = 1;

    public static async Task<int> RunAsync(string path, string[] rest)
    {
        var reader = SettingsReader.Read(rest, RunCommand.DefaultFile);
        var settings = HubSettings.Bind(reader);
        if (reader.Report(Console.Error)) return SettingsReader.ExitCode;
        if (DataFolder.RootFault(settings.Storage.Folder, Environment.IsPrivilegedProcess) is { } fault)
        {
            await Console.Error.WriteLineAsync(fault).ConfigureAwait(false);
            return Failed;
        }

        try
        {
            await using var file = File.OpenRead(path);
            using var claim = DataFolder.Claim(settings.Storage.Folder);
            await using var app = HubApplication.Build(settings);
            await app.Services.GetRequiredService<VehicleRegistry>().StartAsync(CancellationToken.None).ConfigureAwait(false);
            var done = await app.Services.GetRequiredService<ImportOutbox>().RunAsync(file, Actor.Console, CancellationToken.None).ConfigureAwait(false);
            await Console.Out.WriteLineAsync($"{done.Vehicle}: {done.New} new, {done.Known} known already, {done.Aside} kept aside").ConfigureAwait(false);
            return 0;
        }
        catch (Exception e) when (e is WireFormatException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(e.Message).ConfigureAwait(false);
            return Failed;
        }
    }
}
