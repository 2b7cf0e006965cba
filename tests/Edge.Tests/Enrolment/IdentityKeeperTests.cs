using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging.Abstractions;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Enrolment;
using ThreeOneOne.Field.Support;

namespace ThreeOneOne.Field.Edge.Tests.Enrolment;

/// <summary>The identity beside a vehicle that runs, and before one does.</summary>
public sealed class IdentityKeeperTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly CancellationTokenSource stop = new();

    private IdentityFolder Identity => new(folder["identity"]);

    public void Dispose()
    {
        stop.Dispose();
        folder.Dispose();
    }

    [Theory]
    [InlineData("hub.json")]
    [InlineData("vehicle.crt")]
    public async Task Files_that_cannot_be_read_for_a_while_do_not_end_the_keeping(string file)
    {
        Keep();
        var (path, rounds) = (Path.Combine(Identity.Folder, file), 0);
        var whole = await File.ReadAllTextAsync(path);
        await File.WriteAllTextAsync(path, "{");
        var keeping = Open(new EnrolmentOptions { CodeFiles = [], CheckSeconds = 0.1, LookHours = 700, RenewAt = 0.9 }).RunAsync(() => Interlocked.Increment(ref rounds) > 0, stop.Token);
        await Eventually.TrueAsync(() => rounds > 3 || keeping.IsCompleted, "some rounds pass");
        Assert.False(keeping.IsCompleted, keeping.Exception?.ToString());

        await File.WriteAllTextAsync(path, whole);
        var at = rounds;
        await Eventually.TrueAsync(() => rounds > at + 2 || keeping.IsCompleted, "it was read again");
        Assert.False(keeping.IsCompleted, keeping.Exception?.ToString());
        var hub = Path.Combine(Identity.Folder, "hub.json");
        await File.WriteAllTextAsync(hub, (await File.ReadAllTextAsync(hub)).Replace("8883", "8884", StringComparison.Ordinal));
        // The broker moved: the vehicle begins anew.
        await Eventually.TrueAsync(() => keeping.IsCompleted, "the move is seen");
        await keeping;
    }

    [Fact]
    public async Task The_watchdog_is_fed_while_the_hub_does_not_answer()
    {
        await using var door = new FakeDoor(_ => null);
        await File.WriteAllTextAsync(folder["enrol.code"], door.Code.Format());
        var beats = 0;
        var waiting = Open(new EnrolmentOptions { CodeFiles = [folder["enrol.code"]], CheckSeconds = 0.1 }).WaitAsync(() => Interlocked.Increment(ref beats), stop.Token);
        await Eventually.TrueAsync(() => door.Asked == 1, "the door is asked");
        var at = Volatile.Read(ref beats);
        await Eventually.TrueAsync(() => Volatile.Read(ref beats) > at + 2, "the watchdog is fed");
        Assert.Equal(1, door.Asked);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    private IdentityKeeper Open(EnrolmentOptions options) =>
        new(options, Identity, null, new DeviceClock(TimeProvider.System), TimeProvider.System, new Random(1), NullLogger.Instance);

    private void Keep()
    {
        var key = VehicleKey.Ensure(Identity.NextKeyFile);
        using var own = ECDsa.Create();
        own.ImportFromPem(File.ReadAllText(key.File));
        using var made = new CertificateRequest("CN=truck-7", own, HashAlgorithmName.SHA256).CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(90));
        var pem = made.ExportCertificatePem();
        Identity.Keep(new IdentityAnswer(
            "truck-7", "cambridge-ma", "crewed", pem, new HubPlace.Address("127.0.0.1", 8883), new HubPlace.Address("127.0.0.1", 1), "", pem, false));
    }
}
