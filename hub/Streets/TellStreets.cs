using ThreeOneOne.Field.Hub.Imports;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Streets;

/// <summary>Tells at the start which rows of the street map's files could not be used.</summary>
public sealed class TellStreets(StreetLayers layers, Database database, ILogger<TellStreets> log) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var report in layers.Reports) await TellLayers.TellAsync(report, database, log, cancellationToken).ConfigureAwait(false);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
