namespace ThreeOneOne.Field.Agent.Iio;

/// <summary>How the enabled channels of a sensor lie in each scan of its buffer: by index, each aligned to its own size.</summary>
internal sealed class IioScan
{
    private readonly Dictionary<string, (IioElement Element, int Offset)> places = [];

    public IioScan(IEnumerable<IioElement> enabled)
    {
        var largest = 1;
        foreach (var element in enabled.OrderBy(e => e.Index))
        {
            Bytes = Aligned(Bytes, element.Bytes);
            places[element.Name] = (element, Bytes);
            Bytes += element.Bytes;
            largest = Math.Max(largest, element.Bytes);
        }

        Bytes = Aligned(Bytes, largest);
    }

    /// <summary>Bytes of one scan.</summary>
    public int Bytes { get; }

    public bool Has(string channel) => places.ContainsKey(channel);

    /// <summary>A channel's raw number in a scan.</summary>
    public long Read(string channel, ReadOnlySpan<byte> scan)
    {
        var (element, offset) = places[channel];
        return element.Read(scan[offset..]);
    }

    private static int Aligned(int offset, int size) => (offset + size - 1) / size * size;
}
