using System.Buffers;
using System.Text.Json;
using ThreeOneOne.Field.Hub.Live;

namespace ThreeOneOne.Field.Hub.Tests.Live;

public sealed class LiveTableTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private readonly LiveTable<Item> table = new("items", i => i.Key, i => i.At, i => i.Open, TimeSpan.FromHours(24), 3);

    [Fact]
    public void An_item_that_changed_twice_in_a_tick_is_sent_once_as_it_is_now()
    {
        table.Put(new Item("a", Now, true));
        table.Put(new Item("a", Now.AddSeconds(1), true));
        Assert.Equal(["a"], Keys(table.WriteChanges));
        Assert.Empty(Keys(table.WriteChanges));
    }

    [Fact]
    public void Closed_items_leave_the_snapshot_after_a_while_and_open_ones_never()
    {
        table.Put(new Item("open", Now.AddDays(-90), true));
        table.Put(new Item("fresh", Now.AddHours(-1), false));
        table.Put(new Item("old", Now.AddHours(-25), false));
        Assert.Equal(3, Keys(table.WriteChanges).Count);
        Assert.Equal(["fresh", "open"], Keys(table.WriteSnapshot));
    }

    [Fact]
    public void Closed_items_leave_memory_also_when_nobody_asks_for_a_snapshot()
    {
        for (var i = 0; i < 100; i++) table.Put(new Item($"n{i}", Now, false));
        Assert.Equal(100, Keys(table.WriteChanges).Count);
        table.WriteChanges(new Utf8JsonWriter(new ArrayBufferWriter<byte>()), Now.AddHours(25));
        Assert.Equal(0, table.Count);
    }

    [Fact]
    public void What_is_loaded_is_no_change_and_never_older_than_what_came_meanwhile()
    {
        table.Put(new Item("a", Now, true));
        Assert.Equal(["a"], Keys(table.WriteChanges));
        table.Load([new Item("a", Now.AddDays(-1), true), new Item("b", Now.AddHours(-1), true)]);
        Assert.Empty(Keys(table.WriteChanges));
        Assert.Equal(["a", "b"], Keys(table.WriteSnapshot));
    }

    [Fact]
    public void A_snapshot_is_bounded_to_the_newest()
    {
        for (var i = 0; i < 10; i++) table.Put(new Item($"i{i}", Now.AddMinutes(i), true));
        Assert.Equal(["i9", "i8", "i7"], Keys(table.WriteSnapshot));
    }

    [Fact]
    public void A_long_snapshot_comes_in_parts_and_what_is_due_first_comes_first()
    {
        var ranked = new LiveTable<Item>("items", i => i.Key, i => i.At, i => i.Open, TimeSpan.FromHours(24), 9, i => i.Key[1] - '0', atOnce: 4);
        for (var i = 9; i >= 0; i--) ranked.Put(new Item($"i{i}", Now.AddMinutes(i), true));
        // The oldest of ten is beyond the most.
        Assert.Equal(["i1", "i2", "i3", "i4"], Keys(ranked.WriteSnapshot));
        Assert.Equal(["i5", "i6", "i7", "i8"], Keys((json, _) => Assert.True(ranked.WriteMore(json, 0))));
        Assert.Equal(["i9"], Keys((json, _) => Assert.True(ranked.WriteMore(json, 1))));
        Assert.Empty(Keys((json, _) => Assert.False(ranked.WriteMore(json, 2))));
    }

    private static List<string> Keys(Action<Utf8JsonWriter, DateTimeOffset> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        write(json, Now);
        json.WriteEndObject();
        json.Flush();
        var root = JsonDocument.Parse(buffer.WrittenMemory).RootElement;
        return root.TryGetProperty("items", out var items) ? [.. items.EnumerateArray().Select(i => i.GetProperty("key").GetString()!)] : [];
    }

    private sealed record Item(string Key, DateTimeOffset At, bool Open);
}
