using System.Buffers.Binary;
using System.Text;

namespace ThreeOneOne.Field.Support.IotHub;

/// <summary>One control packet of MQTT 3.1.1. http://docs.oasis-open.org/mqtt/mqtt/v3.1.1/os/mqtt-v3.1.1-os.html</summary>
internal sealed class MqttPacket(int type, int flags, byte[] body)
{
    public const int Connect = 1;
    public const int Publish = 3;
    public const int PublishAck = 4;
    public const int Subscribe = 8;
    public const int Unsubscribe = 10;
    public const int Ping = 12;
    public const int Disconnect = 14;

    private const int MostBytes = 1024 * 1024;
    private int at;

    public int Type => type;

    public int Flags => flags;

    public bool IsRead => at >= body.Length;

    public static async Task<MqttPacket?> ReadAsync(Stream stream, CancellationToken stop)
    {
        var one = new byte[1];
        if (await stream.ReadAsync(one, stop).ConfigureAwait(false) == 0) return null;
        var head = one[0];
        int length = 0, shift = 0;
        do
        {
            await stream.ReadExactlyAsync(one, stop).ConfigureAwait(false);
            length |= (one[0] & 0x7f) << shift;
            shift += 7;
        }
        while ((one[0] & 0x80) != 0 && shift < 28);
        if (length > MostBytes) throw new InvalidDataException($"a packet of {length} bytes");
        var body = new byte[length];
        await stream.ReadExactlyAsync(body, stop).ConfigureAwait(false);
        return new MqttPacket(head >> 4, head & 0x0f, body);
    }

    public static byte[] Write(int head, params ReadOnlySpan<byte> body)
    {
        var packet = new List<byte> { (byte)head };
        var length = body.Length;
        do
        {
            packet.Add((byte)((length & 0x7f) | (length > 0x7f ? 0x80 : 0)));
            length >>= 7;
        }
        while (length > 0);
        packet.AddRange(body);
        return [.. packet];
    }

    public static byte[] WritePublish(string topic, ReadOnlySpan<byte> payload, int qos, ushort mid)
    {
        var name = Encoding.UTF8.GetBytes(topic);
        byte[] id = qos > 0 ? [(byte)(mid >> 8), (byte)mid] : [];
        return Write((Publish << 4) | (qos << 1), [(byte)(name.Length >> 8), (byte)name.Length, .. name, .. id, .. payload]);
    }

    public int Byte() => body[at++];

    public int Short()
    {
        var value = BinaryPrimitives.ReadUInt16BigEndian(body.AsSpan(at));
        at += 2;
        return value;
    }

    public byte[] Bytes()
    {
        var length = Short();
        var value = body.AsSpan(at, length).ToArray();
        at += length;
        return value;
    }

    public string Text() => Encoding.UTF8.GetString(Bytes());

    public byte[] Rest()
    {
        var value = body.AsSpan(at).ToArray();
        at = body.Length;
        return value;
    }
}
