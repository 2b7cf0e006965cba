using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Hosting.Server;
using ThreeOneOne.Field.Hub.Broker;
using ThreeOneOne.Field.Hub.Enrolment;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Settings;

namespace ThreeOneOne.Field.Hub.Web;

/// <summary><c>field-hub run</c>: serves until it is told to stop, or until something that must run has failed.</summary>
public static class RunCommand
{
    private const string OwnFile = "field-hub.json";
    private const string PackagesFile = "/etc/field-hub/field-hub.json";
    private const int Failed = 1;
    private const int PortTaken = 3;

    /// <summary>Settings without <c>--config</c>: of the current folder, or else what the Debian package brought.</summary>
    public static string DefaultFile => File.Exists(OwnFile) || !File.Exists(PackagesFile) ? OwnFile : PackagesFile;

    public static async Task<int> RunAsync(string[] args)
    {
        var reader = SettingsReader.Read(args, DefaultFile);
        var settings = HubSettings.Bind(reader);
        if (reader.Report(Console.Error)) return SettingsReader.ExitCode;
        try
        {
            if (PortCheck.IsTaken(settings.Hub))
            {
                await Console.Error.WriteLineAsync(
                    $"{settings.Hub.Address}:{settings.Hub.Port} is taken by another program: end it, or choose another port with --Hub:Port=N").ConfigureAwait(false);
                return PortTaken;
            }

            if (PeoplesPort.Fault(settings.Hub, settings.Tls, settings.Access) is { } open) throw new InvalidOperationException(open);

            // Before the first file: what root makes, the hub could not open afterwards.
            if (settings.Broker.Kind == BrokerKind.Embedded) _ = BrokerAccount.Own();
            (settings.Storage.Serves, settings.Storage.StandsBy) = (true, true);
            var isFile = settings.Storage.Kind == StorageKind.Sqlite;
            using var claim = isFile ? DataFolder.Claim(settings.Storage.Folder) : null;
            await using var app = HubApplication.Build(settings);
            // Where another hub serves the same PostgreSQL, this waits; only then is the folder free that both may see.
            var database = await Task.Run(app.Services.GetRequiredService<Database>).ConfigureAwait(false);
            using var late = isFile ? null : DataFolder.Claim(settings.Storage.Folder);
            await database.BeginAnewAsync(HubApplication.BackupSteps, restored: false, CancellationToken.None).ConfigureAwait(false);
            return await ServeAsync(app).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Told to stop while it was starting: what had started is ended.
            return 0;
        }
        catch (SocketException e)
        {
            await Console.Error.WriteLineAsync(
                $"{settings.Hub.Address}:{settings.Hub.Port} cannot be listened on ({e.Message}): choose an address of this machine with --Hub:Address=IP and a port with --Hub:Port=N").ConfigureAwait(false);
            return Failed;
        }
        catch (Exception e) when (e is InvalidOperationException or LinkUnavailableException or IOException or InvalidDataException
            or UnauthorizedAccessException or CryptographicException)
        {
            // A capability that cannot start says why in one sentence.
            await Console.Error.WriteLineAsync(e.Message).ConfigureAwait(false);
            return Failed;
        }
    }

    private static async Task<int> ServeAsync(WebApplication app)
    {
        try
        {
            await app.StartAsync().ConfigureAwait(false);
        }
        catch
        {
            // What had started before the failure is ended in order, the broker among it.
            await StopAsync(app).ConfigureAwait(false);
            throw;
        }

        await Console.Out.WriteLineAsync($"field-hub listens on {Addresses(app)}").ConfigureAwait(false);
        await app.WaitForShutdownAsync().ConfigureAwait(false);
        var faults = app.Services.GetServices<IHostedService>().OfType<BackgroundService>()
            .Select(s => s.ExecuteTask?.Exception?.InnerException).OfType<Exception>().ToList();
        foreach (var fault in faults) await Console.Error.WriteLineAsync($"the hub had to stop: {fault}").ConfigureAwait(false);
        return faults.Count == 0 ? 0 : Failed;
    }

    [SuppressMessage("Design", "CA1031", Justification = "Why it did not start matters; a host whose services could not even be made throws when it is stopped.")]
    private static async Task StopAsync(WebApplication app)
    {
        try
        {
            await app.StopAsync().ConfigureAwait(false);
        }
        catch (Exception)
        {
            // Disposing ends whatever was there.
        }
    }

    private static string Addresses(WebApplication app)
    {
        // The vehicles' door says in the log where it is.
        var door = app.Services.GetRequiredService<DoorPlace>().Current?.Port;
        return string.Join(", ", (app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? []).Where(a => new Uri(a).Port != door));
    }
}
