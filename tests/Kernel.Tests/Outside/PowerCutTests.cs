using System.Globalization;

namespace ThreeOneOne.Field.Kernel.Tests.Outside;

/// <summary>
/// The outbox under power cuts: the guest, its caches and its ext4 go in the middle of a write, and its disk is mounted again. The disk keeps what
/// it was told to keep, in order: a card that lies about that is <see cref="LyingCardTests"/>.
/// </summary>
public sealed class PowerCutTests : IDisposable
{
    private const int Cuts = 6;
    private const int Seed = 311;

    private readonly GuestDisk disk = new();

    public void Dispose() => disk.Dispose();

    [OutsideFact]
    public async Task Every_row_that_was_acknowledged_is_there_after_each_cut()
    {
        var random = new Random(Seed);
        var acknowledged = new HashSet<int>();
        // One start more than cuts: each looks for what all before it were told.
        for (var start = 0; start <= Cuts; start++)
        {
            var (kept, told) = await CutAsync("append", random.Next(50, 600));
            Assert.Empty(acknowledged.Except(kept));
            Assert.True(kept.Count >= acknowledged.Count && told.Except(acknowledged).Any(), $"start {start} went on where the last one was cut");
            acknowledged.UnionWith(told);
        }
    }

    [OutsideFact]
    public async Task Who_believes_a_write_loses_rows()
    {
        // Else the test above would show nothing.
        var (_, told) = await CutAsync("careless", 200);
        var (kept, _) = await CutAsync("read", 0);
        Assert.NotEmpty(told.Except(kept));
    }

    private static int? Number(string line, string word) =>
        line.StartsWith(word, StringComparison.Ordinal) && int.TryParse(line.AsSpan(word.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <returns>Rows that the start found, and rows that it was told are durable before its power was cut.</returns>
    private async Task<(HashSet<int> Kept, HashSet<int> Told)> CutAsync(string act, int after)
    {
        var (kept, told, said) = (new HashSet<int>(), new HashSet<int>(), new List<string>());
        var verified = act == "careless";
        await using var guest = GuestRun.Start("rows.sh", disk.Path, TimeSpan.Zero, ("DO", act));
        while ((!verified || told.Count < after) && await guest.NextAsync() is { } line) Take(line);
        Assert.True(verified && told.Count >= after, $"it ended by itself: {string.Join('\n', said.TakeLast(20))}");
        guest.Cut();
        // What it had said before the cut counts; its last line may be half a line.
        var rest = new List<string>();
        while (await guest.NextAsync() is { } line) rest.Add(line);
        foreach (var line in rest.SkipLast(1)) Take(line);
        return (kept, told);

        void Take(string line)
        {
            if (Number(line, "ACK ") is { } acknowledged) told.Add(acknowledged);
            else if (Number(line, "HAS ") is { } has) kept.Add(has);
            else if (line == "VERIFIED") verified = true;
            else said.Add(line);
        }
    }
}
