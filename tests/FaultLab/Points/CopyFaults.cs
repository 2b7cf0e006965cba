using System.Globalization;
using ThreeOneOne.Field.FaultLab.Checks;
using ThreeOneOne.Field.FaultLab.Programs;
using ThreeOneOne.Field.FaultLab.Work;

namespace ThreeOneOne.Field.FaultLab.Points;

/// <summary>
/// A vehicle's card of an hour ago put back, so that the agent notices it or not, and two vehicles with one card: the same
/// numbers are given to other records.
/// </summary>
internal sealed class CopyFaults(LabVehicle vehicle, CrewWork crew, LabScene scene, WorkCheck check, Random random)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private int twins;

    /// <summary>True once numbers were given twice, after which the append log is no measure any more.</summary>
    public bool Damaged { get; private set; }

    /// <returns>What happened; null when nothing was struck.</returns>
    public Task<Strike?> RunAsync(FaultKind kind, CancellationToken stop) => kind switch
    {
        FaultKind.CardCopied => CopyCardAsync(stop),
        _ => RestoreAsync(noticed: kind == FaultKind.Restored, stop),
    };

    private async Task<Strike?> RestoreAsync(bool noticed, CancellationToken stop)
    {
        // With work in the copy that will be at the hub when it is put back, or without.
        if (random.Next(2) == 0) await DrainedAsync(vehicle).ConfigureAwait(false);
        else await crew.SaveAsync(2).ConfigureAwait(false);
        await vehicle.Program.KillAsync().ConfigureAwait(false);
        var copy = Path.Combine(vehicle.Home, "copy");
        CardImage.Copy(vehicle.Data, copy);
        await StartAsync(vehicle, crew).ConfigureAwait(false);
        await crew.SaveAsync(3).ConfigureAwait(false);
        await DrainedAsync(vehicle).ConfigureAwait(false);
        await PhotosAsync(crew, stop).ConfigureAwait(false);
        var before = crew.Last?.Epoch;
        await vehicle.Program.KillAsync().ConfigureAwait(false);

        Damaged = true;
        if (noticed)
        {
            Directory.Delete(vehicle.Data, recursive: true);
            Directory.Move(copy, vehicle.Data);
        }
        else
        {
            CardImage.PutBack(copy, vehicle.Data, everything: random.Next(2) == 0);
        }

        var forks = noticed ? [] : await ForksAsync(stop).ConfigureAwait(false);
        vehicle.Line.Refusing = true;
        await StartAsync(vehicle, crew).ConfigureAwait(false);
        var pressed = await crew.SaveAsync(5).ConfigureAwait(false);
        var used = crew.Last?.Epoch;
        vehicle.Line.Refusing = false;
        if (pressed == 0) return null;
        var detail = string.Create(CultureInfo.InvariantCulture, $"{pressed} actions behind the restored copy");
        if (noticed) return new Strike(detail, UnderWay: true);
        if (used != before) return null;
        await DrainedAsync(vehicle).ConfigureAwait(false);
        return new Strike($"{detail}, {await ShownAsync(forks, stop).ConfigureAwait(false)} forks", UnderWay: true);
    }

    private async Task<Strike?> CopyCardAsync(CancellationToken stop)
    {
        await crew.SaveAsync(1).ConfigureAwait(false);
        await vehicle.Program.KillAsync().ConfigureAwait(false);
        await using var twin = vehicle.Twin(string.Create(CultureInfo.InvariantCulture, $"{vehicle.Id}t{++twins}"), scene.Hub.BrokerPort, random.Next());
        var other = new CrewWork(twin, scene.Desk, new Random(random.Next()));
        // An image of the card for another computer of the same kind; a copy of its files the agent notices.
        var image = random.Next(4) > 0 && CardImage.TakePlace(twin.Data);
        var together = random.Next(2) == 0;
        Damaged = true;
        var forks = await ForksAsync(stop).ConfigureAwait(false);
        if (together)
        {
            await Task.WhenAll(StartAsync(vehicle, crew), StartAsync(twin, other)).ConfigureAwait(false);
        }
        else
        {
            // The first stays at home while the copy goes out.
            await StartAsync(twin, other).ConfigureAwait(false);
            await other.SaveAsync(4).ConfigureAwait(false);
            await DrainedAsync(twin).ConfigureAwait(false);
            await StartAsync(vehicle, crew).ConfigureAwait(false);
        }

        var pressed = await Task.WhenAll(crew.SaveAsync(5), other.SaveAsync(5)).ConfigureAwait(false);
        await Task.WhenAll(DrainedAsync(vehicle), DrainedAsync(twin)).ConfigureAwait(false);
        await PhotosAsync(other, stop).ConfigureAwait(false);
        crew.Adopt(other);
        await twin.Program.KillAsync().ConfigureAwait(false);
        await ArrivedAsync(other, stop).ConfigureAwait(false);
        if (pressed[0] == 0 || pressed[1] == 0) return null;
        var shown = image ? await ShownAsync(forks, stop).ConfigureAwait(false) : 0;
        return new Strike(
            string.Create(CultureInfo.InvariantCulture, $"{pressed[0]} and {pressed[1]} actions {(together ? "at a time" : "after the copy's")}, {(image ? $"{shown} forks" : "a copy of files")}"), UnderWay: true);
    }

    private static async Task StartAsync(LabVehicle vehicle, CrewWork crew)
    {
        vehicle.Start();
        await vehicle.UpAsync().ConfigureAwait(false);
        await crew.SignOnAsync().ConfigureAwait(false);
    }

    private static async Task DrainedAsync(LabVehicle vehicle)
    {
        if (!await Drain.ActionsAsync(vehicle, Patience).ConfigureAwait(false)) throw new InvalidDataException($"{vehicle.Name} does not drain");
    }

    // A photo that only a card had which is taken away is gone with it.
    private async Task PhotosAsync(CrewWork of, CancellationToken stop)
    {
        if (await check.PhotosAsync(of, Patience, stop).ConfigureAwait(false) is [var first, ..]) throw new InvalidDataException($"photo {first.Photo} of {first.Note} does not arrive");
    }

    // City hall must show what it kept aside.
    private async Task<int> ShownAsync(HashSet<long> before, CancellationToken stop)
    {
        var now = await ForksAsync(stop).ConfigureAwait(false);
        now.ExceptWith(before);
        return now.Count > 0 ? now.Count : throw new InvalidDataException($"no fork of {vehicle.Id} is shown: the hub swallowed one");
    }

    private async Task<HashSet<long>> ForksAsync(CancellationToken stop)
    {
        for (var i = 0; ; i++)
        {
            try
            {
                var aside = await scene.Hub.Api.GetAsync("api/aside?reason=fork&limit=500", stop).ConfigureAwait(false);
                return [.. aside.GetProperty("items").EnumerateArray().Where(a => Fleet.Demo.HubApi.Text(a, "vehicle") == vehicle.Id).Select(a => a.GetProperty("id").GetInt64())];
            }
            catch (Exception e) when (e is HttpRequestException or InvalidDataException && i < 1_200)
            {
                // The hub is being killed just now.
                await Task.Delay(100, stop).ConfigureAwait(false);
            }
        }
    }

    private async Task ArrivedAsync(CrewWork other, CancellationToken stop)
    {
        IReadOnlyList<Press> missing = [];
        for (var i = 0; i < 400; i++)
        {
            try
            {
                missing = await check.MissingAsync(other, stop).ConfigureAwait(false);
                if (missing.Count == 0) return;
            }
            catch (Exception e) when (e is HttpRequestException or InvalidDataException)
            {
                // As above.
            }

            await Task.Delay(250, stop).ConfigureAwait(false);
        }

        throw new InvalidDataException("lost by the copied card: " + string.Join(", ", missing.Select(p => $"{p.Note} {p.Kind} {p.Order} {p.Epoch}/{p.Seq}")));
    }
}
