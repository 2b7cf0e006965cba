using System.Buffers.Binary;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace ThreeOneOne.Field.Agent.Gpio;

/// <summary>A line that this program has, until it is disposed or the program ends.</summary>
internal sealed class GpioRequest : IDisposable
{
    /// <summary>How the line's user is called, for whoever asks who has it.</summary>
    public const string Consumer = "field-agent";

    private const ulong ActiveLow = 1 << 1;
    private const ulong Input = 1 << 2;
    private const ulong Output = 1 << 3;
    private const ulong BothEdges = (1 << 4) | (1 << 5);
    private const int ConfigAt = 64 * 4 + GpioCalls.NameBytes;
    private const int AttributesAt = ConfigAt + 8 + 4 + 5 * 4;
    private const int LinesAt = ConfigAt + 272;
    private const int DescriptorAt = GpioCalls.RequestBytes - 4;
    private const uint OutputValues = 2;
    private const uint Debounce = 3;

    // Edges that wait for us: a contact that bounces gives many at once.
    private const int EventsAhead = 128;

    private GpioRequest(SafeFileHandle file, GpioLine line) => (File, Line) = (file, line);

    public SafeFileHandle File { get; }

    public GpioLine Line { get; }

    public bool Value
    {
        get
        {
            Span<byte> values = stackalloc byte[GpioCalls.ValuesBytes];
            values[8] = 1;
            GpioCalls.Call(File, GpioCalls.GetValues, values);
            return (values[0] & 1) == 1;
        }

        set
        {
            Span<byte> values = stackalloc byte[GpioCalls.ValuesBytes];
            values[0] = value ? (byte)1 : (byte)0;
            values[8] = 1;
            GpioCalls.Call(File, GpioCalls.SetValues, values);
        }
    }

    /// <summary>Has the kernel tell both edges of a line.</summary>
    /// <param name="board">Where it is.</param>
    /// <param name="address">Which, and how it is wired.</param>
    /// <param name="debounce">Changes shorter than this are no edges; the kernel leaves them out.</param>
    /// <exception cref="GpioException">It cannot be had; names cause and remedy.</exception>
    public static GpioRequest ForEdges(GpioBoard board, GpioAddress address, TimeSpan debounce) =>
        Make(board, address, Input | BothEdges, debounce > TimeSpan.Zero ? (Debounce, (ulong)debounce.TotalMicroseconds) : null);

    /// <summary>Takes a line as output, inactive at first.</summary>
    /// <inheritdoc cref="ForEdges"/>
    public static GpioRequest ForOutput(GpioBoard board, GpioAddress address) => Make(board, address, Output, (OutputValues, 0));

    public void Dispose() => File.Dispose();

    private static GpioRequest Make(GpioBoard board, GpioAddress address, ulong flags, (uint Id, ulong Value)? attribute)
    {
        var line = board.Find(address);
        var request = new byte[GpioCalls.RequestBytes];
        BinaryPrimitives.WriteInt32LittleEndian(request, line.Offset);
        Encoding.ASCII.GetBytes(Consumer, request.AsSpan(64 * 4));
        if (address.ActiveLow) flags |= ActiveLow;
        flags |= address.Bias switch
        {
            GpioBias.PullUp => 1 << 8,
            GpioBias.PullDown => 1 << 9,
            GpioBias.None => 1 << 10,
            _ => 0,
        };
        BinaryPrimitives.WriteUInt64LittleEndian(request.AsSpan(ConfigAt), flags);
        if (attribute is var (id, value))
        {
            BinaryPrimitives.WriteInt32LittleEndian(request.AsSpan(ConfigAt + 8), 1);
            BinaryPrimitives.WriteUInt32LittleEndian(request.AsSpan(AttributesAt), id);
            BinaryPrimitives.WriteUInt64LittleEndian(request.AsSpan(AttributesAt + 8), value);
            BinaryPrimitives.WriteUInt64LittleEndian(request.AsSpan(AttributesAt + 16), 1);
        }

        BinaryPrimitives.WriteInt32LittleEndian(request.AsSpan(LinesAt), 1);
        BinaryPrimitives.WriteInt32LittleEndian(request.AsSpan(LinesAt + 4), (flags & Input) != 0 ? EventsAhead : 0);
        try
        {
            using var chip = board.Open(line);
            GpioCalls.Call(chip, GpioCalls.GetLine, request);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new GpioException($"{line.Chip} may not be opened: {e.Message}");
        }
        catch (IOException e) when (e.HResult == GpioCalls.Busy)
        {
            throw new GpioException($"the line '{address}' ({line.Chip}:{line.Offset}) is used by {board.UserOf(line) ?? "somebody who just let go"}: end that, or take its line out of the boot configuration");
        }
        catch (IOException e) when (e.HResult == GpioCalls.Invalid)
        {
            throw new GpioException($"the line '{address}' ({line.Chip}:{line.Offset}) cannot be had as '{address.Bias}', {((flags & Output) != 0 ? "output" : "input with edges")}: its chip cannot do that");
        }
        catch (IOException e)
        {
            throw new GpioException($"the line '{address}' ({line.Chip}:{line.Offset}) cannot be had: {e.Message}");
        }

        return new GpioRequest(new SafeFileHandle(BinaryPrimitives.ReadInt32LittleEndian(request.AsSpan(DescriptorAt)), ownsHandle: true), line);
    }
}
