using System.Text.Json;

namespace ThreeOneOne.Field.Agent.Positioning;

/// <summary>
/// Reads the features of one GeoJSON layer (RFC 7946) of the city, one at a time: a layer is megabytes of text, and what
/// the vehicle keeps of it is a tenth of that.
/// </summary>
internal static class CityLayer
{
    private const int FirstBufferBytes = 64 * 1024;

    // No feature of a city is as long: a file that claims one is not what it should be.
    private const int MaxFeatureBytes = 8 * 1024 * 1024;

    /// <exception cref="InvalidDataException">The file cannot be opened or is no FeatureCollection; thrown while enumerating.</exception>
    public static IEnumerable<CityFeature> Read(string path)
    {
        using var features = Guard(path, () => new FeatureReader(File.OpenRead(path)));
        while (Guard(path, features.Next) is { } feature) yield return feature;
        if (!features.WasCollection) throw new InvalidDataException($"{path}: expected a GeoJSON FeatureCollection: it has no features");
    }

    private static T Guard<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException or KeyNotFoundException or InvalidOperationException or FormatException or IndexOutOfRangeException)
        {
            throw new InvalidDataException($"{path}: expected a GeoJSON FeatureCollection: {e.Message}", e);
        }
    }

    /// <summary>Walks to the root's <c>features</c> and then from one element to the next.</summary>
    private sealed class FeatureReader(Stream stream) : IDisposable
    {
        private byte[] buffer = new byte[FirstBufferBytes];
        private int begin;
        private int end;
        private bool ended;
        private JsonReaderState state;
        private bool inside;

        public bool WasCollection { get; private set; }

        public void Dispose() => stream.Dispose();

        public CityFeature? Next()
        {
            while (true)
            {
                var reader = new Utf8JsonReader(buffer.AsSpan(begin, end - begin), ended, state);
                if (Step(ref reader, out var feature))
                {
                    begin += (int)reader.BytesConsumed;
                    state = reader.CurrentState;
                    if (feature is not null) return feature;
                    if (inside) continue;
                    return null;
                }

                More();
            }
        }

        // False: the buffer ends within a token or a feature; what was read of it is read again with more.
        private bool Step(ref Utf8JsonReader reader, out CityFeature? feature)
        {
            feature = null;
            if (!inside) return FindFeatures(ref reader);
            if (!reader.Read()) return false;
            if (reader.TokenType == JsonTokenType.EndArray)
            {
                inside = false;
                return true;
            }

            var from = (int)reader.TokenStartIndex;
            if (!reader.TrySkip()) return false;
            using var document = JsonDocument.Parse(buffer.AsMemory(begin + from, (int)reader.BytesConsumed - from));
            feature = CityFeature.From(document.RootElement);
            return true;
        }

        private bool FindFeatures(ref Utf8JsonReader reader)
        {
            if (WasCollection) return true;
            while (reader.Read())
            {
                if (reader.TokenType != JsonTokenType.PropertyName) continue;
                var features = reader.ValueTextEquals("features"u8);
                if (!reader.Read()) return false;
                if (features && reader.TokenType == JsonTokenType.StartArray)
                {
                    WasCollection = inside = true;
                    return true;
                }

                if (!reader.TrySkip()) return false;
            }

            // At the file's end without any.
            return ended;
        }

        private void More()
        {
            var held = end - begin;
            if (held == buffer.Length)
            {
                if (held >= MaxFeatureBytes) throw new InvalidDataException($"a feature of more than {MaxFeatureBytes} bytes");
                Array.Resize(ref buffer, held * 2);
            }

            buffer.AsSpan(begin, held).CopyTo(buffer);
            (begin, end) = (0, held);
            var read = stream.Read(buffer, end, buffer.Length - end);
            end += read;
            ended = read == 0;
        }
    }
}
