using System.Buffers;
using System.IO.Compression;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text;

namespace ThreeOneOne.Field.Agent.Recordings;

/// <summary>
/// Lines of text from an address. A file is read once to its end; a sender or device that is missing or goes away is
/// opened again for ever, with back-off.
/// </summary>
/// <param name="address">Where from.</param>
/// <param name="missing">Told why the address gives nothing (any more).</param>
/// <param name="unreadable">Told of each line that is too long to be one.</param>
/// <param name="time">Clock of the back-off.</param>
/// <param name="hello">Line said to a sender as soon as it is reached; null: nothing.</param>
/// <param name="longestBytes">Longest line of the format; NMEA allows 82 characters.</param>
public sealed class RecordedLines(LineAddress address, Action<string> missing, Action unreadable, TimeProvider time, string? hello = null, int longestBytes = 1024)
{
    private static readonly TimeSpan FirstBackOff = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromSeconds(5);

    public async IAsyncEnumerable<string> ReadAsync([EnumeratorCancellation] CancellationToken stop)
    {
        var backOff = FirstBackOff;
        while (true)
        {
            await using var stream = await OpenAsync(stop).ConfigureAwait(false);
            if (stream is not null)
            {
                await foreach (var line in LinesAsync(stream, stop).ConfigureAwait(false))
                {
                    backOff = FirstBackOff;
                    yield return line;
                }

                if (address.Kind == LineAddressKind.File) missing("the recording has ended");
            }

            if (address.Kind == LineAddressKind.File) yield break;
            await Task.Delay(backOff, time, stop).ConfigureAwait(false);
            backOff = TimeSpan.FromTicks(Math.Min(backOff.Ticks * 2, LongestBackOff.Ticks));
        }
    }

    private async Task<Stream?> OpenAsync(CancellationToken stop)
    {
        TcpClient? client = null;
        try
        {
            if (address.Kind == LineAddressKind.Tcp)
            {
                client = new TcpClient { NoDelay = true };
                await client.ConnectAsync(address.Target, address.Port, stop).ConfigureAwait(false);
                var stream = client.GetStream();
                if (hello is not null) await stream.WriteAsync(Encoding.ASCII.GetBytes(hello + "\n"), stop).ConfigureAwait(false);
                client = null;
                return stream;
            }

            var file = new FileStream(address.Target, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 0, FileOptions.Asynchronous);
            return address.Target.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file;
        }
        catch (Exception e) when (e is IOException or SocketException or UnauthorizedAccessException)
        {
            missing($"{address}: {e.Message}");
            return null;
        }
        finally
        {
            client?.Dispose();
        }
    }

    private async IAsyncEnumerable<string> LinesAsync(Stream stream, [EnumeratorCancellation] CancellationToken stop)
    {
        var reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 16 * 1024, leaveOpen: true));
        var overlong = false;
        while (true)
        {
            ReadResult read;
            try
            {
                // A device's read cannot be cancelled while it waits for a byte; waiting for it can.
                read = await reader.ReadAsync(stop).AsTask().WaitAsync(stop).ConfigureAwait(false);
            }
            catch (Exception e) when (e is IOException or SocketException or InvalidDataException)
            {
                missing($"{address}: {e.Message}");
                yield break;
            }

            var rest = read.Buffer;
            while (rest.PositionOf((byte)'\n') is { } end)
            {
                var line = rest.Slice(0, end);
                rest = rest.Slice(rest.GetPosition(1, end));
                if (overlong || line.Length > longestBytes) unreadable();
                else yield return Text(line);
                overlong = false;
            }

            if (rest.Length > longestBytes)
            {
                overlong = true;
                rest = rest.Slice(rest.End);
            }

            reader.AdvanceTo(rest.Start, rest.End);
            if (!read.IsCompleted) continue;
            if (!rest.IsEmpty && !overlong) yield return Text(rest);
            if (address.Kind != LineAddressKind.File) missing($"{address}: the connection was closed");
            yield break;
        }
    }

    // Latin-1 keeps every byte: a receiver's binary garbage must not become a decoding error.
    private static string Text(ReadOnlySequence<byte> line) => Encoding.Latin1.GetString(line).TrimEnd('\r');
}
