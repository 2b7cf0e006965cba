using ThreeOneOne.Field.Fleet.City;
using ThreeOneOne.Field.Fleet.Planting;
using ThreeOneOne.Field.Fleet.Vehicles;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Fleet.Crews;

/// <summary>
/// A crew that does what crews do: signs on, accepts what it is given, drives there, repairs what it finds and says so on
/// its screen. It knows of a job only what the screen shows.
/// </summary>
public sealed class CrewBot(
    string crew, string[] members, ICrewScreen screen, SimulatedVehicle? vehicle, CityPlane plane, Plants plants, Func<DateTimeOffset> mendedFrom, Random random, TimeProvider time)
{
    // Wall time: a crew looks at its screen about this often.
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    // After this long on the road nobody believes in the job any more, simulated.
    private static readonly TimeSpan LongestDrive = TimeSpan.FromMinutes(20);

    private const double SameHoleM = 20;

    /// <summary>True once the crew is on shift.</summary>
    public bool OnShift { get; private set; }

    /// <summary>Orders that the crew has completed.</summary>
    public int Completed { get; private set; }

    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            while (!await screen.ShiftAsync(ShiftState.On, crew, members, stop).ConfigureAwait(false)) await PauseAsync(stop).ConfigureAwait(false);
            OnShift = true;
            while (vehicle is not null)
            {
                await PauseAsync(stop).ConfigureAwait(false);
                var open = (await screen.OrdersAsync(stop).ConfigureAwait(false))?.Where(o => o.IsOpen).ToList();
                if (open is null) continue;
                foreach (var urgent in open.Where(o => o.MustAcknowledge)) await PressAsync(CrewActionKind.Acknowledge, urgent, null, stop).ConfigureAwait(false);
                foreach (var given in open.Where(o => o is { State: "assigned", MustAcknowledge: false })) await PressAsync(CrewActionKind.Accept, given, null, stop).ConfigureAwait(false);
                if (open.OrderByDescending(o => o.MustAcknowledge).ThenBy(o => plane.ToPlace(o.At).DistanceTo(vehicle.At)).FirstOrDefault() is { } next) await DoAsync(next, vehicle, stop).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The end of the day.
        }
    }

    /// <summary>Signs off; what was done before still goes out.</summary>
    public Task<bool> SignOffAsync(CancellationToken stop) => screen.ShiftAsync(ShiftState.Off, crew, members, stop);

    private async Task DoAsync(CrewOrder order, SimulatedVehicle truck, CancellationToken stop)
    {
        var left = truck.Clock.Now;
        truck.DriveTo(plane.ToPlace(order.At));
        try
        {
            while (!truck.AtGoal)
            {
                if (truck.Clock.Now - left > LongestDrive)
                {
                    await PressAsync(CrewActionKind.CannotComplete, order, "no-access", stop).ConfigureAwait(false);
                    return;
                }

                await PauseAsync(stop).ConfigureAwait(false);
                if (await FindAsync(order, stop).ConfigureAwait(false) is { IsOpen: false }) return;
            }

            // The geofence notices the arrival; a crew that waits too long for it presses the button.
            var stood = time.GetTimestamp();
            while (await FindAsync(order, stop).ConfigureAwait(false) is { State: "assigned" or "accepted" } && time.GetElapsedTime(stood) < TimeSpan.FromSeconds(2))
                await PauseAsync(stop).ConfigureAwait(false);
            if (await FindAsync(order, stop).ConfigureAwait(false) is { State: "assigned" or "accepted" })
                await PressAsync(CrewActionKind.Arrive, order, null, stop).ConfigureAwait(false);
            await PressAsync(CrewActionKind.Start, order, null, stop).ConfigureAwait(false);
            var until = truck.Clock.Now + TimeSpan.FromSeconds(40 + 80 * random.NextDouble());
            while (truck.Clock.Now < until) await PauseAsync(stop).ConfigureAwait(false);
            await InterludeAsync(order, stop).ConfigureAwait(false);
            if (Repair(order, truck.Clock.Now))
            {
                var used = order.Pole is null ? new[] { new UsedItem("cold-patch", 1 + random.Next(4)) } : null;
                if (order.Pole is null) await PressAsync(CrewActionKind.Point, order, null, stop, point: new RepairPoint("pothole", Math.Round(0.1 + random.NextDouble(), 1), "m2")).ConfigureAwait(false);
                // The job is done with or without a picture of it.
                var photo = await screen.KeepPhotoAsync(DrawnPhoto.Png(lamp: order.Pole is not null, random), stop).ConfigureAwait(false);
                await PressAsync(CrewActionKind.Complete, order, null, stop, photo, used: used).ConfigureAwait(false);
                Completed++;
            }
            else
            {
                await PressAsync(CrewActionKind.CannotComplete, order, "nothing-found", stop).ConfigureAwait(false);
            }
        }
        finally
        {
            truck.Resume();
        }
    }

    /// <summary>Some jobs wait for a part, and some places are coned off first.</summary>
    private async Task InterludeAsync(CrewOrder order, CancellationToken stop)
    {
        var (kind, reason) = random.Next(6) switch
        {
            0 => (CrewActionKind.Wait, WaitReason.Parts),
            1 => (CrewActionKind.MakeSafe, null),
            _ => (CrewActionKind.Unknown, (string?)null),
        };
        if (kind == CrewActionKind.Unknown) return;
        await PressAsync(kind, order, reason, stop).ConfigureAwait(false);
        for (var look = 0; look < 6; look++) await PauseAsync(stop).ConfigureAwait(false);
        await PressAsync(CrewActionKind.Start, order, null, stop).ConfigureAwait(false);
    }

    private bool Repair(CrewOrder order, DateTimeOffset now) =>
        order.Pole is { } pole ? plants.Relight(pole, mendedFrom()) : plants.Fill(plane.ToPlace(order.At), SameHoleM, now, mendedFrom());

    private async Task<CrewOrder?> FindAsync(CrewOrder order, CancellationToken stop) =>
        (await screen.OrdersAsync(stop).ConfigureAwait(false))?.FirstOrDefault(o => o.Id == order.Id);

    // Pressed until it is saved: a killed vehicle comes back, and one id is one action.
    private async Task PressAsync(
        CrewActionKind kind, CrewOrder order, string? reason, CancellationToken stop, string? photo = null, RepairPoint? point = null, UsedItem[]? used = null)
    {
        var id = $"{crew}-{kind}-{order.Id}-{random.NextInt64():x}";
        for (var attempt = 0; attempt < 40; attempt++)
        {
            if (await screen.ActAsync(id, kind, order.Id, reason, photo, stop, point, used).ConfigureAwait(false)) return;
            if (await FindAsync(order, stop).ConfigureAwait(false) is { IsOpen: false }) return;
            await PauseAsync(stop).ConfigureAwait(false);
        }
    }

    private Task PauseAsync(CancellationToken stop) => Task.Delay(Look, time, stop);
}
