using System.Text.Json;

namespace ThreeOneOne.Field.Hub.Live;

/// <summary>One part of the feed: the units, or a table of requests, orders or crews. Called under the feed's lock.</summary>
public interface ILivePart
{
    /// <summary>Writes all that a new client must know, as members of the open object.</summary>
    void WriteSnapshot(Utf8JsonWriter json, DateTimeOffset at);

    /// <summary>Writes a part of what the last snapshot left out, called again until it has nothing to say.</summary>
    /// <param name="json">The open object.</param>
    /// <param name="part">Counts the calls after that snapshot, from 0.</param>
    /// <returns>False, and nothing written, when nothing is left.</returns>
    bool WriteMore(Utf8JsonWriter json, int part) => false;

    /// <summary>Writes what changed since the last call, as members of the open object; nothing when nothing did.</summary>
    void WriteChanges(Utf8JsonWriter json, DateTimeOffset at);
}
