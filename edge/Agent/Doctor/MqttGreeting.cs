using System.Buffers.Binary;
using System.Text;

namespace ThreeOneOne.Field.Agent.Doctor;

/// <summary>The first bytes of an MQTT 5 session (MQTT 5.0, 3.1 and 3.2), enough to be let in or told why not.</summary>
internal static class MqttGreeting
{
    private const byte ConnAck = 0x20;

    /// <summary>DISCONNECT, normal.</summary>
    public static readonly byte[] Disconnect = [0xE0, 0x00];

    /// <summary>CONNECT, clean start, keep-alive 10 s.</summary>
    /// <param name="client">Client id, shorter than 100 bytes.</param>
    public static byte[] Connect(string client)
    {
        var id = Encoding.UTF8.GetBytes(client);
        byte[] body = [0, 4, .. "MQTT"u8, 5, 0x02, 0, 10, 0, 0, 0, .. id];
        BinaryPrimitives.WriteUInt16BigEndian(body.AsSpan(11), (ushort)id.Length);
        return [0x10, (byte)body.Length, .. body];
    }

    /// <returns>The reason of a CONNACK, 0 for success; null when it is none.</returns>
    public static int? ReasonIn(ReadOnlySpan<byte> head) => head[0] == ConnAck ? head[3] : null;
}
