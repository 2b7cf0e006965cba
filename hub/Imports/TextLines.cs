using System.Buffers;
using System.Text;

namespace ThreeOneOne.Field.Hub.Imports;

/// <summary>
/// The lines of a file, whatever ends them (LF, CR LF, or CR alone), each with its number. A line that is longer than a row may
/// be is passed over without being kept, however long it is.
/// </summary>
internal sealed class TextLines(Stream file, Encoding strict)
{
    private const int BufferBytes = 64 * 1024;

    private readonly byte[] buffer = new byte[BufferBytes];
    private readonly ArrayBufferWriter<byte> line = new();
    private int at;
    private int length;
    private long number;

    /// <param name="Number">From 1.</param>
    /// <param name="Text">Without what ends it; null when it cannot be read.</param>
    /// <param name="TooLong">Why it cannot be read: too long, else not of the encoding.</param>
    public readonly record struct Line(long Number, string? Text, bool TooLong);

    /// <returns>Null at the end of the file.</returns>
    public Line? Next()
    {
        line.ResetWrittenCount();
        var (any, tooLong) = (false, false);
        while (Fill())
        {
            any = true;
            var rest = buffer.AsSpan(at, length - at);
            var end = rest.IndexOfAny((byte)'\n', (byte)'\r');
            var part = end < 0 ? rest : rest[..end];
            if (line.WrittenCount + part.Length > FileForm.MostRowBytes) tooLong = true;
            else if (!tooLong) line.Write(part);
            at += part.Length;
            if (end < 0) continue;
            var wasReturn = buffer[at++] == '\r';
            if (wasReturn && Fill() && buffer[at] == '\n') at++;
            break;
        }

        if (!any) return null;
        number++;
        return new Line(number, tooLong ? null : Decode(), tooLong);
    }

    private string? Decode()
    {
        try
        {
            var text = strict.GetString(line.WrittenSpan);
            // What stands for "was unreadable" already, and what no text has in it.
            return text.AsSpan().ContainsAny('\uFFFD', '\0') ? null : text;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private bool Fill()
    {
        if (at < length) return true;
        (at, length) = (0, file.Read(buffer));
        return length > 0;
    }
}
