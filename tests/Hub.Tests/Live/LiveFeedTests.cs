using System.Text;
using System.Text.Json;
using ThreeOneOne.Field.Hub.Live;

namespace ThreeOneOne.Field.Hub.Tests.Live;

public sealed class LiveFeedTests
{
    private readonly Numbers numbers = new();

    private LiveFeed Feed(LiveOptions? options = null) => new([numbers], options ?? new LiveOptions { Heartbeat = TimeSpan.FromMinutes(1) }, TimeProvider.System);

    [Fact]
    public void A_new_client_gets_a_snapshot_and_then_only_what_changed()
    {
        var feed = Feed();
        numbers.Set(1);
        feed.Tick();
        var (client, first) = feed.Attach(null)!.Value;
        Assert.Equal(("snapshot", $"{feed.Boot}:1", 1), Parse(Assert.Single(first)));
        feed.Tick();
        Assert.False(client.TryRead(out _));
        numbers.Set(2);
        feed.Tick();
        Assert.True(client.TryRead(out var frame));
        Assert.Equal(("tick", $"{feed.Boot}:2", 2), Parse(frame!));
        Assert.False(client.TryRead(out _));
    }

    [Fact]
    public void Parts_that_follow_a_snapshot_carry_its_id_at_their_end()
    {
        var feed = Feed();
        numbers.Set(1);
        feed.Tick();
        numbers.Parts = 2;
        var text = Encoding.UTF8.GetString(Assert.Single(feed.Attach(null)!.Value.First).Bytes).Split("\n\n");
        Assert.Equal(["event: snapshot", "event: more", $"id: {feed.Boot}:1", ""], text.Select(e => e.Split('\n')[0]));
        Assert.Contains("\"part\":1", text[2], StringComparison.Ordinal);
    }

    [Fact]
    public void All_clients_share_one_buffer()
    {
        var feed = Feed();
        var clients = Enumerable.Range(0, 3).Select(_ => feed.Attach(null)!.Value.Client).ToList();
        numbers.Set(1);
        feed.Tick();
        var frames = clients.Select(c => c.TryRead(out var f) ? f : null).ToList();
        Assert.All(frames, f => Assert.Same(frames[0]!.Bytes, f!.Bytes));
        Assert.Same(feed.Attach(null)!.Value.First[0].Bytes, feed.Attach(null)!.Value.First[0].Bytes);
    }

    [Fact]
    public void A_client_that_comes_back_continues_without_gap_or_duplicate()
    {
        var feed = Feed();
        for (var i = 1; i <= 5; i++)
        {
            numbers.Set(i);
            feed.Tick();
        }

        Assert.Equal([3, 4, 5], feed.Attach($"{feed.Boot}:2")!.Value.First.Select(f => Parse(f).Value));
        Assert.Empty(feed.Attach($"{feed.Boot}:5")!.Value.First);
    }

    [Theory]
    [InlineData("00000000:3")]
    [InlineData("BOOT:99")]
    [InlineData("BOOT:1")]
    [InlineData("BOOT:x")]
    [InlineData("BOOT:-1")]
    [InlineData("nonsense")]
    public void An_id_that_cannot_be_resumed_gets_a_snapshot(string id)
    {
        var feed = Feed(new LiveOptions { RingTicks = 3 });
        for (var i = 1; i <= 6; i++)
        {
            numbers.Set(i);
            feed.Tick();
        }

        Assert.Equal(("snapshot", $"{feed.Boot}:6", 6), Parse(Assert.Single(feed.Attach(id.Replace("BOOT", feed.Boot, StringComparison.Ordinal))!.Value.First)));
    }

    [Fact]
    public void The_ring_is_bounded_in_bytes_too()
    {
        var feed = Feed(new LiveOptions { RingBytes = 200 });
        for (var i = 1; i <= 50; i++)
        {
            numbers.Set(i);
            feed.Tick();
        }

        Assert.Contains("snapshot", Encoding.UTF8.GetString(feed.Attach($"{feed.Boot}:40")!.Value.First[0].Bytes), StringComparison.Ordinal);
        Assert.Equal([50], feed.Attach($"{feed.Boot}:49")!.Value.First.Select(f => Parse(f).Value));
    }

    [Fact]
    public void A_client_that_stalls_gets_a_fresh_snapshot_and_slows_nobody()
    {
        var feed = Feed(new LiveOptions { ClientQueue = 4 });
        var stalled = feed.Attach(null)!.Value.Client;
        var quick = feed.Attach(null)!.Value.Client;
        for (var i = 1; i <= 20; i++)
        {
            numbers.Set(i);
            feed.Tick();
            Assert.True(quick.TryRead(out var frame));
            Assert.Equal(i, Parse(frame!).Value);
        }

        Assert.Null(feed.CatchUp(quick));
        Assert.Equal(("snapshot", $"{feed.Boot}:20", 20), Parse(feed.CatchUp(stalled)!));
        Assert.False(stalled.TryRead(out _));
        numbers.Set(21);
        feed.Tick();
        Assert.True(stalled.TryRead(out var next));
        Assert.Equal(("tick", 21), (Parse(next!).Kind, Parse(next!).Value));
        Assert.Equal(1, feed.Overruns);
    }

    [Fact]
    public void Silence_is_broken_by_an_empty_tick_that_takes_no_number()
    {
        var feed = Feed(new LiveOptions { Heartbeat = TimeSpan.Zero });
        var client = feed.Attach(null)!.Value.Client;
        feed.Tick();
        Assert.True(client.TryRead(out var frame));
        var text = Encoding.UTF8.GetString(frame!.Bytes);
        Assert.StartsWith("event: tick\ndata: {", text, StringComparison.Ordinal);
        Assert.Equal(0, feed.Ticks);
    }

    [Fact]
    public void One_client_too_many_is_refused_until_another_leaves()
    {
        var feed = Feed(new LiveOptions { MaxClients = 1 });
        var only = feed.Attach(null)!.Value.Client;
        Assert.Null(feed.Attach(null));
        feed.Detach(only);
        Assert.NotNull(feed.Attach(null));
    }

    private static (string Kind, string Id, int Value) Parse(LiveFrame frame)
    {
        var lines = Encoding.UTF8.GetString(frame.Bytes).Split('\n');
        Assert.Equal(["", ""], lines[^2..]);
        return (lines[1]["event: ".Length..], lines[0]["id: ".Length..], JsonDocument.Parse(lines[2]["data: ".Length..]).RootElement.GetProperty("number").GetInt32());
    }

    private sealed class Numbers : ILivePart
    {
        private int number;
        private bool changed;

        public int Parts { get; set; }

        public void Set(int value) => (number, changed) = (value, true);

        public void WriteSnapshot(Utf8JsonWriter json, DateTimeOffset at) => json.WriteNumber("number", number);

        public bool WriteMore(Utf8JsonWriter json, int part)
        {
            if (part < Parts) json.WriteNumber("part", part);
            return part < Parts;
        }

        public void WriteChanges(Utf8JsonWriter json, DateTimeOffset at)
        {
            if (changed) json.WriteNumber("number", number);
            changed = false;
        }
    }
}
