using System.Buffers.Binary;
using System.Diagnostics;
using ThreeOneOne.Field.Agent.Panel;
using ThreeOneOne.Field.Agent.Positioning;
using ThreeOneOne.Field.Agent.Recordings;
using ThreeOneOne.Field.Support;

namespace ThreeOneOne.Field.Edge.Tests.Panel;

public sealed class ButtonSourceTests : IDisposable
{
    private const ushort OurKey = 0x160;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_key_of_an_input_device_is_read_through_its_own_records_torn_or_mixed_with_others()
    {
        var path = folder["event0"];
        using (var made = Process.Start("mkfifo", path)) await made.WaitForExitAsync();
        // Open for both, so that neither end waits for the other, as a device does not.
        await using var device = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, 0);
        using var stop = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        var button = new InputButton(new ButtonOptions { Source = path, Code = OurKey }, TimeProvider.System);
        byte[] written =
        [
            .. Record(5_000, 4, 4, 7), .. Record(5_000, 1, OurKey, 1), .. Record(5_000, 0, 0, 0), .. Record(5_100, 1, 30, 1), .. Record(5_250, 1, OurKey, 2),
            .. Record(5_300, 1, OurKey, 0), .. Record(5_301, 0, 0, 0), .. Record(9_000, 1, OurKey, 1), .. Record(9_005, 1, OurKey, 0),
        ];
        var writing = Task.Run(async () =>
        {
            for (var at = 0; at < written.Length; at += 17)
            {
                await device.WriteAsync(written.AsMemory(at, Math.Min(17, written.Length - at)));
                await device.FlushAsync();
            }
        });

        var edges = new List<ButtonEdge>();
        await foreach (var edge in button.ReadAsync(stop.Token))
        {
            edges.Add(edge);
            if (edges.Count == 4) break;
        }

        await writing;
        Assert.Equal([new(true, 5_000), new(false, 5_300), new(true, 9_000), new(false, 9_005)], edges);
        Assert.Equal((SourceState.Ok, 4L), (button.Health.State, button.Health.Readings));
    }

    [Fact]
    public async Task A_device_that_is_not_there_yet_is_opened_when_it_comes()
    {
        var path = folder["late"];
        using var stop = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        var button = new InputButton(new ButtonOptions { Source = path }, TimeProvider.System);
        await using var edges = button.ReadAsync(stop.Token).GetAsyncEnumerator(stop.Token);
        var next = edges.MoveNextAsync().AsTask();
        await Eventually.TrueAsync(() => button.Health.State == SourceState.Missing, "it says that it is missing");
        await File.WriteAllBytesAsync(folder["whole"], Record(1_000, 1, 30, 1), stop.Token);
        File.Move(folder["whole"], path);
        Assert.True(await next);
        Assert.Equal(new ButtonEdge(true, 1_000), edges.Current);
    }

    [Fact]
    public async Task A_recording_gives_its_edges_at_its_own_times_and_counts_what_is_none()
    {
        await File.WriteAllLinesAsync(folder["button.csv"], ["1795270980000,1", "nonsense", "1795270980200,0", "1795270980300,7"]);
        var options = new ButtonOptions { Source = $"file:{folder["button.csv"]}" };
        var button = ButtonSources.Open(options, new Playback(100, null, positionLeads: false, TimeProvider.System), TimeProvider.System);
        var edges = new List<ButtonEdge>();
        await foreach (var edge in button.ReadAsync(default)) edges.Add(edge);
        Assert.Equal([new(true, 1795270980000), new(false, 1795270980200)], edges);
        Assert.Equal(2, button.Health.Unreadable);
    }

    [Theory]
    // One press, bouncing at both ends.
    [InlineData("0d 3u 5d 200u 204d 207u", "0d 200u")]
    // Shorter than the bounce: it was pressed, and it is up again.
    [InlineData("0d 12u 500d 600u", "0d 30u 500d 600u")]
    // The clock of another device.
    [InlineData("5000d 5200u 10d 300u", "5000d 5200u 10d 300u")]
    [InlineData("0u 1u 100d 400u", "100d 400u")]
    public void Contacts_that_bounce_make_one_change(string edges, string changes)
    {
        var debounce = new Debounce(30);
        Assert.Equal(changes, string.Join(' ', edges.Split(' ').Select(Parse).SelectMany(e => debounce.Take(e).ToList()).Select(e => $"{e.AtMs}{(e.Down ? 'd' : 'u')}")));
        Assert.False(debounce.IsUnsettled);
    }

    [Fact]
    public void A_contact_that_came_to_rest_elsewhere_settles_without_another_edge()
    {
        var debounce = new Debounce(30);
        Assert.Single(debounce.Take(new ButtonEdge(true, 0)));
        Assert.Empty(debounce.Take(new ButtonEdge(false, 10)));
        Assert.True(debounce.IsUnsettled);
        Assert.Equal(new ButtonEdge(false, 30), debounce.Settle());
        Assert.False(debounce.IsUnsettled);
    }

    private static ButtonEdge Parse(string edge) => new(edge[^1] == 'd', long.Parse(edge[..^1], System.Globalization.CultureInfo.InvariantCulture));

    // struct input_event of linux/input.h on this machine.
    private static byte[] Record(long ms, ushort type, ushort code, int value)
    {
        var record = new byte[2 * IntPtr.Size + 8];
        if (IntPtr.Size == 8)
        {
            BinaryPrimitives.WriteInt64LittleEndian(record, ms / 1_000);
            BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(8), ms % 1_000 * 1_000);
        }
        else
        {
            BinaryPrimitives.WriteInt32LittleEndian(record, (int)(ms / 1_000));
            BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(4), (int)(ms % 1_000 * 1_000));
        }

        var rest = record.AsSpan(2 * IntPtr.Size);
        BinaryPrimitives.WriteUInt16LittleEndian(rest, type);
        BinaryPrimitives.WriteUInt16LittleEndian(rest[2..], code);
        BinaryPrimitives.WriteInt32LittleEndian(rest[4..], value);
        return record;
    }
}
