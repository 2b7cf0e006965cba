using System.Globalization;
using ThreeOneOne.Field.FaultLab.Checks;
using ThreeOneOne.Field.FaultLab.Programs;
using ThreeOneOne.Field.FaultLab.Work;
using ThreeOneOne.Field.Fleet.Demo;

namespace ThreeOneOne.Field.FaultLab.Points;

/// <summary>Faults of a vehicle's card: torn tails, flipped bits, ranges taken out.</summary>
internal sealed class DiskFaults(LabVehicle vehicle, CrewWork crew, HubApi api, WorkCheck check, Tally tally, Random random)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private string Outbox => Path.Combine(vehicle.Data, "outbox");

    /// <summary>True once records were destroyed or moved, after which the append log is no measure any more.</summary>
    public bool Damaged { get; private set; }

    /// <returns>What happened; null when nothing was struck.</returns>
    public Task<Strike?> RunAsync(FaultKind kind, CancellationToken stop) => kind switch
    {
        FaultKind.TornTail => TornTailAsync(),
        _ => DestroyAsync(flip: kind == FaultKind.FlippedBit, stop),
    };

    private async Task<Strike?> TornTailAsync()
    {
        vehicle.Line.Slow(0, LabVehicle.LongLine);
        await crew.SaveAsync(2).ConfigureAwait(false);
        await vehicle.Program.KillAsync().ConfigureAwait(false);
        var underWay = crew.HasUnacknowledged;
        // What a power cut leaves of a write that nobody was told of.
        if (Segments().OrderBy(f => f.LastWriteTimeUtc).LastOrDefault() is not { } last) return null;
        var garbage = new byte[random.Next(1, 900)];
        random.NextBytes(garbage);
        await using (var file = last.Open(FileMode.Append, FileAccess.Write)) await file.WriteAsync(garbage).ConfigureAwait(false);
        vehicle.Start();
        await vehicle.UpAsync().ConfigureAwait(false);
        return new Strike(string.Create(CultureInfo.InvariantCulture, $"{garbage.Length} bytes"), underWay);
    }

    private async Task<Strike?> DestroyAsync(bool flip, CancellationToken stop)
    {
        if (!await Drain.ActionsAsync(vehicle, Patience).ConfigureAwait(false)) throw new InvalidDataException($"{vehicle.Id} does not drain");
        vehicle.Line.Refusing = true;
        vehicle.Line.Cut();
        List<(Press Press, string File, long From, long To)> written = [];
        for (var i = 0; i < 12 && written.Count < 6; i++)
        {
            var before = Segments().ToDictionary(f => f.FullName, f => f.Length);
            if (await crew.WorkAsync().ConfigureAwait(false) is not { Said: Said.Saved } press) continue;
            foreach (var file in Segments())
            {
                var from = before.GetValueOrDefault(file.FullName);
                if (file.Length > from) written.Add((press, file.FullName, from, file.Length));
            }
        }

        await vehicle.Program.KillAsync().ConfigureAwait(false);
        // Some of the middle, all in one file.
        var victims = written.Skip(1).SkipLast(1).GroupBy(w => w.File).MaxBy(g => g.Count())?.Take(flip ? 1 : random.Next(1, 4)).ToList() ?? [];
        if (victims.Count > 0)
        {
            foreach (var victim in victims) victim.Press.Destroyed = true;
            var bytes = await File.ReadAllBytesAsync(victims[0].File, stop).ConfigureAwait(false);
            var (from, to) = ((int)victims[0].From, (int)victims[^1].To);
            if (flip) bytes[from + (to - from) / 2] ^= (byte)(1 << random.Next(8));
            else bytes = [.. bytes[..from], .. bytes[to..]];
            await File.WriteAllBytesAsync(victims[0].File, bytes, stop).ConfigureAwait(false);
            Damaged = true;
        }

        vehicle.Line.Refusing = false;
        vehicle.Start();
        await vehicle.UpAsync().ConfigureAwait(false);
        await crew.SaveAsync(2).ConfigureAwait(false);
        if (!await Drain.ActionsAsync(vehicle, Patience).ConfigureAwait(false)) throw new InvalidDataException($"{vehicle.Id} does not drain after its card was damaged");
        await EverythingElseArrivesAsync(victims.ConvertAll(v => v.Press), stop).ConfigureAwait(false);
        foreach (var victim in victims) victim.Press.Destroyed = !victim.Press.Found;
        var destroyed = victims.Select(v => v.Press).Where(p => p.Destroyed).ToList();
        if (destroyed.Count == 0) return null;
        tally.Gap(await GapCheck.SeesAsync(vehicle, api, destroyed, Patience, stop).ConfigureAwait(false));
        return new Strike($"{destroyed.Count} records destroyed: {string.Join(' ', destroyed.Select(d => $"{d.Epoch}/{d.Seq}"))}", UnderWay: true);
    }

    // What was not touched must come; what was destroyed is known from what does not.
    private async Task EverythingElseArrivesAsync(IReadOnlyList<Press> victims, CancellationToken stop)
    {
        for (var i = 0; i < 20; i++)
        {
            try
            {
                if ((await check.MissingAsync(crew, stop).ConfigureAwait(false)).All(p => victims.Contains(p) || p.Destroyed)) return;
            }
            catch (HttpRequestException)
            {
                // The hub is down just now.
            }

            await Task.Delay(250, stop).ConfigureAwait(false);
        }
    }

    private List<FileInfo> Segments() =>
        [.. new DirectoryInfo(Outbox).EnumerateFiles("*.seg", SearchOption.AllDirectories)];
}
