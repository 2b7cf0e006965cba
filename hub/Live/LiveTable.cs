using System.Text.Json;

namespace ThreeOneOne.Field.Hub.Live;

/// <summary>
/// Items of one kind by key, serialised once when they change. Open ones stay, closed ones for a while.
/// </summary>
/// <param name="name">The member of the feed's messages.</param>
/// <param name="key">What tells items apart.</param>
/// <param name="updated">When an item changed last, UTC.</param>
/// <param name="isOpen">Whether it is still somebody's business.</param>
/// <param name="keepClosed">How long it stays in snapshots afterwards.</param>
/// <param name="most">Most items in a snapshot, newest first.</param>
/// <param name="rank">What a reader wants to see first: the order in a snapshot, smallest first; null: newest first.</param>
/// <param name="atOnce">Items in the snapshot itself, and in each part of what follows it.</param>
public sealed class LiveTable<TItem>(
    string name, Func<TItem, string> key, Func<TItem, DateTimeOffset> updated, Func<TItem, bool> isOpen, TimeSpan keepClosed, int most,
    Func<TItem, long>? rank = null, int atOnce = int.MaxValue)
    : ILivePart
    where TItem : notnull
{
    private static readonly TimeSpan ForgetEvery = TimeSpan.FromHours(1);
    private readonly Lock items = new();
    private readonly Dictionary<string, Entry> byKey = new(StringComparer.Ordinal);
    private readonly HashSet<string> changed = new(StringComparer.Ordinal);
    private Entry[] shown = [];
    private DateTimeOffset forgotten;

    /// <summary>Items in memory.</summary>
    public int Count
    {
        get
        {
            lock (items) return byKey.Count;
        }
    }

    /// <summary>Takes an item as it is now. Returns at once; may be called from any thread.</summary>
    public void Put(TItem item)
    {
        var entry = new Entry(item, JsonSerializer.SerializeToUtf8Bytes(item, HubJson.Options));
        lock (items)
        {
            byKey[key(item)] = entry;
            changed.Add(key(item));
        }
    }

    /// <summary>Takes what was there when the hub started. What came since is newer and stays.</summary>
    public void Load(IEnumerable<TItem> stored)
    {
        lock (items)
        {
            foreach (var item in stored) byKey.TryAdd(key(item), new Entry(item, JsonSerializer.SerializeToUtf8Bytes(item, HubJson.Options)));
        }
    }

    public void WriteSnapshot(Utf8JsonWriter json, DateTimeOffset at)
    {
        lock (items)
        {
            Forget(at);
            IEnumerable<Entry> newest = byKey.Count <= most && rank is not null ? byKey.Values : byKey.Values.OrderByDescending(e => updated(e.Item)).Take(most);
            shown = rank is null ? [.. newest] : [.. newest.OrderBy(e => rank(e.Item))];
            Write(json, shown.AsSpan(0, Math.Min(atOnce, shown.Length)));
        }
    }

    public bool WriteMore(Utf8JsonWriter json, int part)
    {
        lock (items)
        {
            var from = (part + 1L) * atOnce;
            if (from >= shown.Length)
            {
                shown = [];
                return false;
            }

            Write(json, shown.AsSpan((int)from, (int)Math.Min(atOnce, shown.Length - from)));
            return true;
        }
    }

    public void WriteChanges(Utf8JsonWriter json, DateTimeOffset at)
    {
        lock (items)
        {
            // Also while nobody looks: a hub runs for years.
            if (at - forgotten > ForgetEvery) Forget(at);
            if (changed.Count == 0) return;
            json.WriteStartArray(name);
            foreach (var item in changed) json.WriteRawValue(byKey[item].Json, skipInputValidation: true);
            json.WriteEndArray();
            changed.Clear();
        }
    }

    private void Write(Utf8JsonWriter json, ReadOnlySpan<Entry> entries)
    {
        json.WriteStartArray(name);
        foreach (var entry in entries) json.WriteRawValue(entry.Json, skipInputValidation: true);
        json.WriteEndArray();
    }

    private void Forget(DateTimeOffset at)
    {
        forgotten = at;
        var old = byKey.Where(e => !isOpen(e.Value.Item) && updated(e.Value.Item) < at - keepClosed && !changed.Contains(e.Key)).ToList();
        foreach (var (gone, _) in old) byKey.Remove(gone);
    }

    private readonly record struct Entry(TItem Item, byte[] Json);
}
