using System.Globalization;
using System.Text;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Outbox;

/// <summary>
/// The vehicle's own list of what it appended, one line a record: <c>epoch seq kind hash</c>. Written after the record's
/// fsync and before it can be sent; what a killed process left out is added at the next start.
/// </summary>
internal sealed class AppendLogFile : IDisposable
{
    private readonly FileStream file;
    private readonly Dictionary<string, long> lastOf = [];

    public AppendLogFile(string path)
    {
        if (Path.GetDirectoryName(path) is { Length: > 0 } folder) Directory.CreateDirectory(folder);
        file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        var text = new StreamReader(file, Encoding.ASCII).ReadToEnd();
        var whole = text.LastIndexOf('\n') + 1;
        foreach (var line in text[..whole].Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var words = line.Split(' ');
            lastOf[words[0]] = long.Parse(words[1], CultureInfo.InvariantCulture);
        }

        // A line that was cut is written again.
        file.SetLength(whole);
        file.Seek(0, SeekOrigin.End);
    }

    public bool Holds(string epoch, long seq) => lastOf.TryGetValue(epoch, out var last) && seq <= last;

    public static string Line(string epoch, long seq, RecordKind kind, ReadOnlySpan<byte> record) =>
        string.Create(CultureInfo.InvariantCulture, $"{epoch} {seq} {kind} {WireCodec.ContentHash(record)}\n");

    public void Write(string lines) => file.Write(Encoding.ASCII.GetBytes(lines));

    public void Dispose() => file.Dispose();
}
