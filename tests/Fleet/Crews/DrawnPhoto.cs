using System.Buffers.Binary;
using System.IO.Compression;

namespace ThreeOneOne.Field.Fleet.Crews;

/// <summary>
/// What a simulated crew's camera sees after the repair: a lit lamp at night, or a fresh patch in the lane. Drawn, with a
/// sensor's noise, so that it has a photo's size on the line; a PNG, because that takes no library.
/// </summary>
public static class DrawnPhoto
{
    public const int Width = 480;
    public const int Height = 360;

    private const double Horizon = 0.46;

    /// <param name="lamp">A lamp at night; false: a patch by day.</param>
    /// <param name="random">Noise, and where things stand.</param>
    public static byte[] Png(bool lamp, Random random)
    {
        var (at, size, sensor) = (0.3 + 0.4 * random.NextDouble(), 0.8 + 0.4 * random.NextDouble(), new Random(random.Next()));
        using var rows = new MemoryStream();
        using (var packed = new ZLibStream(rows, CompressionLevel.Fastest, leaveOpen: true))
        {
            var row = new byte[1 + Width * 3];
            for (var y = 0; y < Height; y++)
            {
                for (var x = 0; x < Width; x++)
                {
                    var (u, v) = ((x + 0.5) / Width, (y + 0.5) / Height);
                    var (r, g, b) = lamp ? Night(u, v, at, size) : Day(u, v, at, size);
                    var grain = sensor.Next(-7, 8);
                    (row[1 + x * 3], row[2 + x * 3], row[3 + x * 3]) = (Tone(r, grain), Tone(g, grain), Tone(b, grain));
                }

                packed.Write(row);
            }
        }

        using var png = new MemoryStream();
        png.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        var head = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(head, Width);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4), Height);
        (head[8], head[9]) = (8, 2);
        Write(png, "IHDR"u8, head);
        Write(png, "IDAT"u8, rows.ToArray());
        Write(png, "IEND"u8, []);
        return png.ToArray();
    }

    /// <summary>A street in the dark with a lamp on its pole and the light that it throws.</summary>
    private static (double R, double G, double B) Night(double u, double v, double at, double size)
    {
        var (pole, head) = (0.14 + at * 0.2, 0.24 / size);
        var lampAt = pole + 0.15;
        var glow = Math.Exp(-Math.Pow(double.Hypot((u - lampAt) * 1.33, v - head) / 0.13, 1.2));
        if (Math.Abs(u - lampAt) < 0.024 && Math.Abs(v - head) < 0.011) return (255, 246, 214);
        if (Math.Abs(u - pole) < 0.006 && v > head - 0.03 && v < 0.8) return (38 + 70 * glow, 42 + 60 * glow, 48 + 40 * glow);
        if (u > pole && u < lampAt && Math.Abs(v - head + 0.016) < 0.006) return (60, 62, 64);
        if (v < Horizon) return (12 + 16 * v + 205 * glow, 17 + 20 * v + 165 * glow, 34 + 30 * v + 92 * glow);
        var pool = Math.Exp(-Math.Pow((u - lampAt) / 0.24, 2) - Math.Pow((v - 0.74) / 0.15, 2));
        var line = Math.Abs(u - 0.5 - (v - Horizon) * 0.1) < 0.006 * (v / Horizon) && (int)(v * 22) % 2 == 0 ? 40 : 0;
        return (22 + 128 * pool + line + 60 * glow, 23 + 108 * pool + line + 48 * glow, 27 + 66 * pool + line + 26 * glow);
    }

    /// <summary>A lane by day with a square of fresh asphalt and a cone.</summary>
    private static (double R, double G, double B) Day(double u, double v, double at, double size)
    {
        if (v < Horizon * 0.55) return (168 + 70 * v, 190 + 60 * v, 214 + 40 * v);
        if (v < Horizon * 0.8) return ((int)(u * 9 + at * 7) % 3 == 0 ? 132 : 116, 112, 100);
        var near = (v - Horizon * 0.8) / (1 - Horizon * 0.8);
        var across = (u - 0.5) / (0.35 + near);
        var (cone, foot) = (0.16 + 0.1 * at, 0.82);
        var up = (foot - v) / 0.24;
        if (up is > 0 and < 1 && Math.Abs(u - cone) < 0.052 * (1.02 - up)) return up is > 0.36 and < 0.56 ? (236, 236, 232) : (226, 92, 34);
        if (Math.Abs(u - cone) < 0.068 && v >= foot && v < foot + 0.022) return (200, 78, 30);
        if (Math.Abs(across - 0.05 - at * 0.4) < 0.17 * size && near is > 0.42 and < 0.8) return (42, 42, 45);
        if (Math.Abs(across + 0.42) < 0.012 || Math.Abs(across - 0.62) < 0.012) return (214, 208, 176);
        return (104 + 14 * near, 103 + 14 * near, 102 + 12 * near);
    }

    private static byte Tone(double value, int grain) => (byte)Math.Clamp((int)value + grain, 0, 255);

    private static void Write(Stream png, ReadOnlySpan<byte> kind, byte[] content)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        png.Write(number);
        png.Write(kind);
        png.Write(content);
        BinaryPrimitives.WriteUInt32BigEndian(number, Checksum([.. kind, .. content]));
        png.Write(number);
    }

    /// <summary>CRC-32 as PNG (ISO 3309) wants it.</summary>
    private static uint Checksum(byte[] data)
    {
        var crc = uint.MaxValue;
        foreach (var b in data)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) == 0 ? crc >> 1 : crc >> 1 ^ 0xEDB88320;
        }

        return ~crc;
    }
}
