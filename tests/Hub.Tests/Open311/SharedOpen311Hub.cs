namespace ThreeOneOne.Field.Hub.Tests.Open311;

/// <summary>One hub for the tests of a class that leave nothing behind which others would notice.</summary>
public sealed class SharedOpen311Hub : IAsyncLifetime
{
    internal Open311Hub Hub { get; private set; } = null!;

    public async Task InitializeAsync() => Hub = await Open311Hub.StartAsync();

    public Task DisposeAsync() => Hub.DisposeAsync().AsTask();
}
