using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Access;

/// <summary>
/// While nobody can let others in, each start prints one new one-time link for an administrator: there is no default
/// password. Printed, not logged, because logs are kept and sent on.
/// </summary>
internal sealed class FirstAdministrator(Database database, DiskRoom room, AccessOptions options, IServer server) : IHostedLifecycleService
{
    internal const string Name = "admin";
    private const string Role = "city-it";

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        var lifetime = TimeSpan.FromMinutes(options.LinkMinutes);
        if (await database.ReadAsync(PeopleStore.CountAdministrators, cancellationToken).ConfigureAwait(false) > 0) return;
        // By now the hub serves: to end because the disk has filled up meanwhile would only take it away from whoever makes room.
        var made = await room.TryUntilItFitsAsync(() => database.WriteAsync(
            scope => PeopleStore.CountAdministrators(scope.Connection) > 0 ? null : InvitePerson.Do(scope, Actor.Hub, Name, Role, lifetime),
            WritePriority.Interactive, cancellationToken), cancellationToken).ConfigureAwait(false);
        if (made is null) return;
        await Console.Out.WriteLineAsync(
            $"Nobody can let others in yet. Sign in once as administrator, until {made.Expires:yyyy-MM-dd HH:mm} UTC:\n  {Address()}{made.Path}")
            .ConfigureAwait(false);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private string Address()
    {
        if (options.PublicUrl.Length > 0) return options.PublicUrl;
        var bound = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://localhost:5311";
        return bound.Replace("//127.0.0.1", "//localhost", StringComparison.Ordinal)
            .Replace("//[::]", "//localhost", StringComparison.Ordinal)
            .Replace("//0.0.0.0", "//localhost", StringComparison.Ordinal);
    }
}
