using System.Text;

namespace ThreeOneOne.Field.Hub.Access;

/// <summary>
/// A QR code (ISO/IEC 18004) of a short text in byte mode, error correction level M, versions 1 to 10: up to 213 bytes. Small,
/// because the hub needs one kind of code and no package for it.
/// </summary>
internal sealed class QrCode
{
    private const int Quiet = 4;
    private const int FormatPattern = 0x5412;
    private const int FormatDivisor = 0x537;
    private const int VersionDivisor = 0x1F25;

    // Version → error correction bytes per block, blocks of the first kind, their data bytes, blocks of the second kind (one byte more each).
    private static readonly (int Correction, int Blocks, int Data, int LongBlocks)[] Layouts =
    [
        (10, 1, 16, 0), (16, 1, 28, 0), (26, 1, 44, 0), (18, 2, 32, 0), (24, 2, 43, 0),
        (16, 4, 27, 0), (18, 4, 31, 0), (22, 2, 38, 2), (22, 3, 36, 2), (26, 4, 43, 1),
    ];

    private static readonly int[][] Alignments = [[], [6, 18], [6, 22], [6, 26], [6, 30], [6, 34], [6, 22, 38], [6, 24, 42], [6, 26, 46], [6, 28, 50]];

    private readonly bool[,] dark;
    private readonly bool[,] fixedModules;
    private readonly int version;

    private QrCode(int version)
    {
        this.version = version;
        Size = 17 + 4 * version;
        dark = new bool[Size, Size];
        fixedModules = new bool[Size, Size];
    }

    /// <summary>Modules on each side, without the quiet zone.</summary>
    public int Size { get; }

    /// <exception cref="ArgumentException">More than 213 bytes.</exception>
    public static QrCode Of(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        for (var version = 1; version <= Layouts.Length; version++)
        {
            var layout = Layouts[version - 1];
            var room = layout.Blocks * layout.Data + layout.LongBlocks * (layout.Data + 1);
            var head = version < 10 ? 12 : 20;
            if (head + bytes.Length * 8 > room * 8) continue;
            var code = new QrCode(version);
            code.DrawPatterns();
            code.DrawData(Interleave(layout, Fill(bytes, version < 10 ? 8 : 16, room)));
            code.ChooseMask();
            return code;
        }

        throw new ArgumentException("too long for a QR code of version 10");
    }

    /// <summary>True for a dark module.</summary>
    public bool IsDark(int x, int y) => x >= 0 && y >= 0 && x < Size && y < Size && dark[x, y];

    /// <summary>Rows of 0 and 1, without the quiet zone.</summary>
    public IReadOnlyList<string> Rows() => [.. Enumerable.Range(0, Size).Select(y => string.Concat(Enumerable.Range(0, Size).Select(x => IsDark(x, y) ? '1' : '0')))];

    /// <summary>For a terminal: half blocks, two rows a line, with the quiet zone.</summary>
    /// <param name="colours">True: black on white by escape sequences; false: light modules are drawn, for a dark terminal.</param>
    public string Draw(bool colours)
    {
        var text = new StringBuilder();
        for (var y = -Quiet; y < Size + Quiet; y += 2)
        {
            if (colours) text.Append("\u001b[30;107m");
            for (var x = -Quiet; x < Size + Quiet; x++)
            {
                var (upper, lower) = colours ? (IsDark(x, y), IsDark(x, y + 1)) : (!IsDark(x, y), !IsDark(x, y + 1) && y + 1 < Size + Quiet);
                text.Append((upper, lower) switch { (true, true) => '█', (true, false) => '▀', (false, true) => '▄', _ => ' ' });
            }

            text.Append(colours ? "\u001b[0m\n" : "\n");
        }

        return text.ToString();
    }

    private static byte[] Fill(byte[] bytes, int lengthBits, int room)
    {
        var bits = new List<bool>();
        void Put(int value, int count)
        {
            for (var i = count - 1; i >= 0; i--) bits.Add((value >> i & 1) != 0);
        }

        Put(0b0100, 4);
        Put(bytes.Length, lengthBits);
        foreach (var b in bytes) Put(b, 8);
        Put(0, Math.Min(4, room * 8 - bits.Count));
        Put(0, (8 - bits.Count % 8) % 8);
        for (var pad = 0xEC; bits.Count < room * 8; pad ^= 0xEC ^ 0x11) Put(pad, 8);
        return [.. bits.Chunk(8).Select(b => (byte)b.Aggregate(0, (sum, bit) => sum << 1 | (bit ? 1 : 0)))];
    }

    private static byte[] Interleave((int Correction, int Blocks, int Data, int LongBlocks) layout, byte[] data)
    {
        var divisor = Divisor(layout.Correction);
        var (blocks, corrections, at) = (new List<byte[]>(), new List<byte[]>(), 0);
        for (var i = 0; i < layout.Blocks + layout.LongBlocks; i++)
        {
            var block = data.AsSpan(at, layout.Data + (i < layout.Blocks ? 0 : 1)).ToArray();
            at += block.Length;
            blocks.Add(block);
            corrections.Add(Remainder(block, divisor));
        }

        var result = new List<byte>();
        for (var i = 0; i <= layout.Data; i++) result.AddRange(blocks.Where(b => i < b.Length).Select(b => b[i]));
        for (var i = 0; i < layout.Correction; i++) result.AddRange(corrections.Select(c => c[i]));
        return [.. result];
    }

    private static byte[] Divisor(int degree)
    {
        var result = new byte[degree];
        result[^1] = 1;
        byte root = 1;
        for (var i = 0; i < degree; i++, root = Times(root, 2))
        {
            for (var j = 0; j < degree; j++)
            {
                result[j] = Times(result[j], root);
                if (j + 1 < degree) result[j] ^= result[j + 1];
            }
        }

        return result;
    }

    private static byte[] Remainder(byte[] data, byte[] divisor)
    {
        var result = new byte[divisor.Length];
        foreach (var b in data)
        {
            var factor = (byte)(b ^ result[0]);
            Array.Copy(result, 1, result, 0, result.Length - 1);
            result[^1] = 0;
            for (var i = 0; i < result.Length; i++) result[i] ^= Times(divisor[i], factor);
        }

        return result;
    }

    private static byte Times(byte a, byte b)
    {
        var product = 0;
        for (var i = 7; i >= 0; i--)
        {
            product = product << 1 ^ (product >> 7) * 0x11D;
            product ^= (b >> i & 1) * a;
        }

        return (byte)product;
    }

    private static bool Masks(int mask, int x, int y) => mask switch
    {
        0 => (x + y) % 2 == 0,
        1 => y % 2 == 0,
        2 => x % 3 == 0,
        3 => (x + y) % 3 == 0,
        4 => (x / 3 + y / 2) % 2 == 0,
        5 => x * y % 2 + x * y % 3 == 0,
        6 => (x * y % 2 + x * y % 3) % 2 == 0,
        _ => ((x + y) % 2 + x * y % 3) % 2 == 0,
    };

    private void Set(int x, int y, bool isDark)
    {
        dark[x, y] = isDark;
        fixedModules[x, y] = true;
    }

    private void DrawPatterns()
    {
        for (var i = 0; i < Size; i++)
        {
            Set(6, i, i % 2 == 0);
            Set(i, 6, i % 2 == 0);
        }

        foreach (var (x, y) in new[] { (3, 3), (Size - 4, 3), (3, Size - 4) }) DrawFinder(x, y);
        var places = Alignments[version - 1];
        foreach (var x in places)
        {
            foreach (var y in places)
            {
                var last = places[^1];
                if ((x == 6 && y == 6) || (x == 6 && y == last) || (x == last && y == 6)) continue;
                for (var dy = -2; dy <= 2; dy++)
                {
                    for (var dx = -2; dx <= 2; dx++) Set(x + dx, y + dy, Math.Max(Math.Abs(dx), Math.Abs(dy)) != 1);
                }
            }
        }

        DrawFormat(0);
        DrawVersion();
    }

    private void DrawFinder(int x, int y)
    {
        for (var dy = -4; dy <= 4; dy++)
        {
            for (var dx = -4; dx <= 4; dx++)
            {
                if (x + dx < 0 || y + dy < 0 || x + dx >= Size || y + dy >= Size) continue;
                Set(x + dx, y + dy, Math.Max(Math.Abs(dx), Math.Abs(dy)) is not (2 or 4));
            }
        }
    }

    private void DrawFormat(int mask)
    {
        // Level M is 00 in the format's first two bits.
        var rest = mask;
        for (var i = 0; i < 10; i++) rest = rest << 1 ^ (rest >> 9) * FormatDivisor;
        var bits = (mask << 10 | rest) ^ FormatPattern;
        bool Bit(int i) => (bits >> i & 1) != 0;
        for (var i = 0; i <= 5; i++) Set(8, i, Bit(i));
        Set(8, 7, Bit(6));
        Set(8, 8, Bit(7));
        Set(7, 8, Bit(8));
        for (var i = 9; i < 15; i++) Set(14 - i, 8, Bit(i));
        for (var i = 0; i < 8; i++) Set(Size - 1 - i, 8, Bit(i));
        for (var i = 8; i < 15; i++) Set(8, Size - 15 + i, Bit(i));
        Set(8, Size - 8, true);
    }

    private void DrawVersion()
    {
        if (version < 7) return;
        var rest = version;
        for (var i = 0; i < 12; i++) rest = rest << 1 ^ (rest >> 11) * VersionDivisor;
        var bits = version << 12 | rest;
        for (var i = 0; i < 18; i++)
        {
            var (a, b) = (Size - 11 + i % 3, i / 3);
            Set(a, b, (bits >> i & 1) != 0);
            Set(b, a, (bits >> i & 1) != 0);
        }
    }

    private void DrawData(byte[] bytes)
    {
        var at = 0;
        for (var right = Size - 1; right >= 1; right -= 2)
        {
            if (right == 6) right = 5;
            for (var step = 0; step < Size; step++)
            {
                var y = (right + 1 & 2) == 0 ? Size - 1 - step : step;
                for (var x = right; x >= right - 1; x--)
                {
                    if (fixedModules[x, y] || at >= bytes.Length * 8) continue;
                    dark[x, y] = (bytes[at >> 3] >> (7 - (at & 7)) & 1) != 0;
                    at++;
                }
            }
        }
    }

    private void ChooseMask()
    {
        var best = Enumerable.Range(0, 8).MinBy(mask =>
        {
            Apply(mask);
            var penalty = Penalty();
            Apply(mask);
            return penalty;
        });
        Apply(best);
    }

    // Twice is not at all.
    private void Apply(int mask)
    {
        DrawFormat(mask);
        for (var y = 0; y < Size; y++)
        {
            for (var x = 0; x < Size; x++) dark[x, y] ^= !fixedModules[x, y] && Masks(mask, x, y);
        }
    }

    private int Penalty()
    {
        var penalty = 0;
        var darkCount = 0;
        for (var a = 0; a < Size; a++)
        {
            penalty += Runs(b => dark[b, a]) + Runs(b => dark[a, b]);
            for (var b = 0; b < Size; b++)
            {
                if (dark[a, b]) darkCount++;
                if (a > 0 && b > 0 && dark[a, b] == dark[a - 1, b] && dark[a, b] == dark[a, b - 1] && dark[a, b] == dark[a - 1, b - 1]) penalty += 3;
            }
        }

        return penalty + Math.Abs(darkCount * 20 - Size * Size * 10) / (Size * Size) * 10;
    }

    private int Runs(Func<int, bool> line)
    {
        var (penalty, run, history) = (0, 0, 0);
        for (var i = 0; i < Size; i++)
        {
            run = i > 0 && line(i) == line(i - 1) ? run + 1 : 1;
            if (run == 5) penalty += 3;
            else if (run > 5) penalty++;
            history = (history << 1 | (line(i) ? 1 : 0)) & 0x7FF;
            if (i >= 10 && history is 0b10111010000 or 0b00001011101) penalty += 40;
        }

        return penalty;
    }
}
