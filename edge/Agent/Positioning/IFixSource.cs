namespace ThreeOneOne.Field.Agent.Positioning;

/// <summary>Gives fixes: a GPS receiver or its recorded twin.</summary>
public interface IFixSource
{
    /// <summary>State of the source; read at any time from any thread.</summary>
    SourceHealth Health { get; }

    /// <summary>
    /// Fixes in the order in which the receiver gave them, until the recording ends or <paramref name="stop"/> is
    /// cancelled. A receiver that is unplugged, silent or without a fix ends nothing: no fix comes and
    /// <see cref="Health"/> says why. Read once.
    /// </summary>
    IAsyncEnumerable<Fix> ReadAsync(CancellationToken stop);
}
