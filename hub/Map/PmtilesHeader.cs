using System.Buffers.Binary;

namespace ThreeOneOne.Field.Hub.Map;

/// <summary>
/// What a PMTiles archive says of itself in its first 127 bytes:
/// <see href="https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md"/>.
/// </summary>
/// <param name="Bounds">West, south, east, north in degrees.</param>
/// <param name="Center">Longitude, latitude in degrees.</param>
public sealed record PmtilesHeader(double[] Bounds, double[] Center)
{
    private const int Length = 127;
    private const double Degree = 1e7;

    /// <returns>Null when the file is not there or is no PMTiles archive of version 3.</returns>
    public static PmtilesHeader? Read(string path)
    {
        if (!File.Exists(path)) return null;
        using var file = File.OpenRead(path);
        var bytes = new byte[Length];
        if (file.ReadAtLeast(bytes, Length, throwOnEndOfStream: false) < Length || !bytes.AsSpan().StartsWith("PMTiles\u0003"u8)) return null;
        return new PmtilesHeader([At(bytes, 102), At(bytes, 106), At(bytes, 110), At(bytes, 114)], [At(bytes, 119), At(bytes, 123)]);
    }

    private static double At(byte[] bytes, int offset) => BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(offset)) / Degree;
}
