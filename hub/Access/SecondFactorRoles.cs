using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Access;

/// <summary>Keeps the hub from starting with a misspelt role: those who should need a second factor would sign in without one.</summary>
internal sealed class SecondFactorRoles(Database database, AccessOptions options) : IHostedService
{
    /// <exception cref="InvalidOperationException">A role of the settings is none.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var roles = await database.ReadAsync(PeopleStore.Roles, cancellationToken).ConfigureAwait(false);
        foreach (var role in options.SecondFactorRoles)
            if (!roles.Contains(role)) throw new InvalidOperationException($"Access:SecondFactorRoles = '{role}': expected some of {string.Join(", ", roles)}");
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
