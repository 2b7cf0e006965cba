using ThreeOneOne.Field.FaultLab.Programs;
using ThreeOneOne.Field.FaultLab.Work;
using ThreeOneOne.Field.Fleet.Demo;
using ThreeOneOne.Field.Support;

namespace ThreeOneOne.Field.FaultLab;

/// <summary>A hub, its broker and a number of vehicles with their crews, all running.</summary>
internal sealed class LabScene : IAsyncDisposable
{
    private readonly List<(LabVehicle Vehicle, CrewWork Crew)> crews = [];
    private readonly TestCertificates certificates = new();
    private readonly Children children;

    private LabScene(LabFolder folder, int vehicleDays)
    {
        children = new Children(folder.Children);
        children.EndOrphans();
        Hub = new LabHub(folder, children, vehicleDays);
        Desk = new OrderDesk(Hub);
    }

    public LabHub Hub { get; }

    public OrderDesk Desk { get; }

    public IReadOnlyList<(LabVehicle Vehicle, CrewWork Crew)> Crews => crews;

    /// <param name="vehicleDays">How long a vehicle's certificate is good for.</param>
    public static async Task<LabScene> SetUpAsync(LabFolder folder, IReadOnlyList<VehicleSetup> vehicles, int seed, int vehicleDays, CancellationToken stop)
    {
        var scene = new LabScene(folder, vehicleDays);
        try
        {
            await scene.Hub.StartAsync(stop).ConfigureAwait(false);
            await scene.Hub.MakeKeyAsync(stop).ConfigureAwait(false);
            for (var i = 1; i <= vehicles.Count; i++)
            {
                var vehicle = await LabVehicle.MakeAsync(folder, scene.Hub, scene.children, scene.certificates, $"v{i}", vehicles[i - 1], seed + i, stop).ConfigureAwait(false);
                scene.crews.Add((vehicle, new CrewWork(vehicle, scene.Desk, new Random(seed * 31 + i))));
            }

            // A second life: what set-up wrote counts as durable.
            await scene.Hub.EndAsync().ConfigureAwait(false);
            await scene.Hub.StartAsync(stop).ConfigureAwait(false);
            foreach (var (vehicle, crew) in scene.crews)
            {
                vehicle.Start();
                await vehicle.UpAsync().ConfigureAwait(false);
                await crew.SignOnAsync().ConfigureAwait(false);
            }

            return scene;
        }
        catch
        {
            await scene.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (vehicle, _) in crews) await vehicle.DisposeAsync().ConfigureAwait(false);
        await Hub.EndAsync().ConfigureAwait(false);
        Hub.Dispose();
        Desk.Dispose();
        children.Forget();
        certificates.Dispose();
    }
}
