using System.Runtime.CompilerServices;

namespace ThreeOneOne.Field.Agent.Recordings;

/// <summary>What is on or off, from lines <c>unixMs,1</c> and <c>unixMs,0</c> of a file or a sender; a file is played at its own pace.</summary>
/// <param name="address">Where from.</param>
/// <param name="playback">Keeps a file's lines to their times.</param>
/// <param name="missing">Told why the address gives nothing (any more).</param>
/// <param name="unreadable">Told of each line that is none of these.</param>
/// <param name="heard">Told of each that is, before it is due.</param>
/// <param name="time">Clock of the back-off.</param>
public sealed class RecordedSwitch(LineAddress address, Playback playback, Action<string> missing, Action unreadable, Action heard, TimeProvider time)
{
    public async IAsyncEnumerable<(bool On, DateTimeOffset At)> ReadAsync([EnumeratorCancellation] CancellationToken stop)
    {
        var values = new double[1];
        await foreach (var line in new RecordedLines(address, missing, unreadable, time).ReadAsync(stop).ConfigureAwait(false))
        {
            if (!CsvLine.TryRead(line, out var at, values) || values[0] is not (0 or 1))
            {
                if (line.Length > 0) unreadable();
                continue;
            }

            heard();
            if (address.Kind == LineAddressKind.File) await playback.DueAsync(at, stop).ConfigureAwait(false);
            yield return (values[0] == 1, at);
        }
    }
}
