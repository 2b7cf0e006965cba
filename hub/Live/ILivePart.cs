using System.Text.Json;

namespace ThreeOneOne.Field.Hub.Live;

/// <summary>One part of the feed: the units, or a table of requests, orders or crews. Called under the feed's lock.</summary>
public interface ILivePart
{
    /// <summary>Writes all that a new client must know, as members of the open object.</summary>
    void WriteSnapshot(Utf8JsonWriter json, DateTimeOffset at);

    /// <summary>Writes what changed since the last call, as members of the open object; nothing when nothing did.</summary>
    void WriteChanges(Utf8JsonWriter json, DateTimeOffset at);
}
