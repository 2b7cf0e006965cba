using System.Globalization;
using Xunit.Abstractions;

namespace ThreeOneOne.Field.Kernel.Tests.Outside;

/// <summary>
/// A card that says "written" and is not, and then the power goes: what the crew was told is safe may be gone. What is promised all the same: nothing is
/// read that was not written, what the hub took is there once, and what was written while the card was honest is not lost for the lies after it.
/// </summary>
public sealed class LyingCardTests(ITestOutputHelper output) : IDisposable
{
    private readonly GuestDisk disk = new();

    public void Dispose() => disk.Dispose();

    [OutsideFact]
    public async Task What_a_card_lied_about_last_is_lost_and_no_number_stands_for_two_records()
    {
        var (before, hub, after) = await CutAsync("lying");
        var lost = before.LiedAbout.Except(hub).ToList();
        Assert.NotEmpty(lost);
        Assert.Empty(before.Told.Except(before.LiedAbout).Except(hub));
        // It counted on from where the card was honest; the hub had these numbers, said so, and the records moved.
        Assert.NotEmpty(after.Forks);
        output.WriteLine($"A card that lied: {before.LiedAbout.Count} actions during the lies, {lost.Count} lost, {after.Forks.Count} numbers used again and moved");
    }

    [OutsideFact]
    public async Task What_a_card_dropped_in_between_is_noticed_or_gone_and_never_wrong()
    {
        var (before, hub, after) = await CutAsync("flickering");
        var lost = before.Told.Except(hub).ToList();
        output.WriteLine($"A card that flickered: {before.Told.Count} actions, {lost.Count} lost, {after.Forks.Count} numbers used again and moved, {after.Repairs} lines of repairs by fsck");
    }

    // Both starts; what holds for either kind of lie.
    private async Task<(Heard Before, HashSet<int> Hub, Heard After)> CutAsync(string act)
    {
        var before = await RunAsync(act, "TOLD", cut: true, "");
        Assert.Equal(CardWriter.Lies, before.LiedAbout.Count);
        var file = Path.Combine(disk.Folder, "hub");
        await File.WriteAllLinesAsync(file, before.Hub.Select(h => h.Line));
        var after = await RunAsync("settle", "DONE", cut: false, $"/run/host{file}");
        Assert.Empty(before.Bad.Concat(after.Bad));
        var rows = before.Hub.Concat(after.Hub).Select(h => h.Row).ToList();
        Assert.Equal(rows.Count, rows.Distinct().Count());
        Assert.Empty(after.Told.Except(rows));
        return (before, [.. rows], after);
    }

    private async Task<Heard> RunAsync(string act, string last, bool cut, string hub)
    {
        var heard = new Heard();
        var said = new List<string>();
        await using var guest = GuestRun.Start("card.sh", disk.Path, TimeSpan.FromSeconds(30), ("DO", act), ("HUB", hub));
        var ended = false;
        while (!ended && await guest.NextAsync() is { } line)
        {
            said.Add(line);
            heard.Take(line);
            ended = line == last;
        }

        Assert.True(ended, $"it ended by itself: {string.Join('\n', said.TakeLast(30))}");
        if (cut) guest.Cut();
        while (await guest.NextAsync() is not null) { }
        return heard;
    }

    private sealed class Heard
    {
        private bool lies;

        public HashSet<int> Told { get; } = [];

        public HashSet<int> LiedAbout { get; } = [];

        public List<(string Line, int Row)> Hub { get; } = [];

        public List<string> Forks { get; } = [];

        public List<string> Bad { get; } = [];

        public int Repairs { get; private set; }

        public void Take(string line)
        {
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            var rest = line[(space + 1)..];
            switch (space < 0 ? line : line[..space])
            {
                case "ACK":
                    Told.Add(int.Parse(rest, CultureInfo.InvariantCulture));
                    if (lies) LiedAbout.Add(int.Parse(rest, CultureInfo.InvariantCulture));
                    break;
                case "HUB": Hub.Add((rest, int.Parse(rest[(rest.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture))); break;
                case "FORK": Forks.Add(rest); break;
                case "BAD": Bad.Add(rest); break;
                case "FSCK": Repairs++; break;
                case "LIES": lies = true; break;
                case "HONEST": lies = false; break;
            }
        }
    }
}
