using System.Buffers.Binary;
using ThreeOneOne.Field.Agent.Drivers;

namespace ThreeOneOne.Field.Agent.Gpio;

/// <summary>A pin that is listened to: where it rests, and each of its edges with the kernel's time.</summary>
internal sealed class GpioInput : IDisposable
{
    private readonly GpioRequest request;
    private readonly FileStream events;
    private readonly byte[] bytes = new byte[16 * GpioCalls.EventBytes];

    private GpioInput(GpioRequest request)
    {
        this.request = request;
        events = new FileStream(request.File, FileAccess.Read, bufferSize: 0);
    }

    /// <inheritdoc cref="GpioRequest.ForEdges"/>
    public static GpioInput Open(GpioBoard board, GpioAddress address, TimeSpan debounce) => new(GpioRequest.ForEdges(board, address, debounce));

    /// <summary>Where the pin is now.</summary>
    /// <exception cref="GpioException">Its chip is gone.</exception>
    public bool Value
    {
        get
        {
            try
            {
                return request.Value;
            }
            catch (IOException e)
            {
                throw Gone(e.Message);
            }
        }
    }

    /// <summary>Waits for edges.</summary>
    /// <param name="longest">How long.</param>
    /// <returns>Edges in order; none when none came in time.</returns>
    /// <exception cref="GpioException">Its chip is gone.</exception>
    public IReadOnlyList<GpioEdge> Read(TimeSpan longest)
    {
        switch (DriverFile.Wait(request.File, longest))
        {
            case DriverWait.Nothing: return [];
            case DriverWait.Gone: throw Gone("its driver has let go");
        }

        int read;
        try
        {
            read = events.Read(bytes);
        }
        catch (IOException e)
        {
            throw Gone(e.Message);
        }

        var edges = new List<GpioEdge>(read / GpioCalls.EventBytes);
        for (var at = 0; at + GpioCalls.EventBytes <= read; at += GpioCalls.EventBytes)
        {
            var one = bytes.AsSpan(at, GpioCalls.EventBytes);
            // 1 rising, 2 falling: of the pin's meaning, not of its voltage.
            edges.Add(new GpioEdge(
                BinaryPrimitives.ReadUInt32LittleEndian(one[8..]) == 1,
                TimeSpan.FromTicks((long)(BinaryPrimitives.ReadUInt64LittleEndian(one) / TimeSpan.NanosecondsPerTick)),
                BinaryPrimitives.ReadUInt32LittleEndian(one[20..])));
        }

        return edges;
    }

    public void Dispose()
    {
        events.Dispose();
        request.Dispose();
    }

    private GpioException Gone(string why) => new($"the line '{request.Line.Chip}:{request.Line.Offset}' is gone: {why}");
}
