using System.Buffers.Binary;
using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace ThreeOneOne.Field.Agent.Gpio;

/// <summary>All lines of all chips. Lines are found by name, because the chips' numbers differ from board to board and from boot to boot.</summary>
/// <param name="Nodes">Where the character devices are.</param>
internal sealed record GpioBoard(string Nodes = "/dev")
{
    private const int Nearest = 5;

    /// <summary>The line that an address means.</summary>
    /// <exception cref="GpioException">There is none, or more than one; or the chips may not be opened.</exception>
    public GpioLine Find(GpioAddress address)
    {
        var chips = Chips();
        if (chips.Count == 0) throw new GpioException($"the kernel shows no GPIO chip ({Nodes}/gpiochip*)");
        var refused = chips.FindAll(c => !MayOpen(c));
        var lines = new List<GpioLine>();
        foreach (var chip in chips.Except(refused)) lines.AddRange(Lines(chip));
        var found = lines.FindAll(l => address.Name is { } name ? l.Name == name : l.Chip == address.Chip && l.Offset == address.Offset);
        if (found is [var one]) return one;
        if (found.Count > 1) throw new GpioException($"there is more than one line '{address}': name one of {string.Join(", ", found.Select(l => $"gpio:{l.Chip}:{l.Offset}"))}");
        var denied = refused.Count == 0 ? "" : $"; {string.Join(", ", refused.Select(Path.GetFileName))} may not be opened: is the udev rule installed, and the user in its group?";
        if (address.Chip is { } missing)
        {
            var count = lines.Count(l => l.Chip == missing);
            throw new GpioException(count > 0 ? $"{missing} has no line {address.Offset}, but 0 to {count - 1}" : $"there is no chip {missing}, but {string.Join(", ", chips.Select(Path.GetFileName))}{denied}");
        }

        var names = lines.Select(l => l.Name).Where(n => n.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        var near = names.OrderBy(n => Distance(n, address.Name!)).ThenBy(n => n, StringComparer.Ordinal).Take(Nearest).ToList();
        throw new GpioException(
            $"there is no line '{address}'{(near.Count == 0 ? ", and no line has a name: use gpio:gpiochipN:OFFSET" : $"; near it are {string.Join(", ", near)}")}{denied}");
    }

    /// <summary>Who uses a line now, in words; null when nobody does.</summary>
    public string? UserOf(GpioLine line)
    {
        using var chip = Open(Path.Combine(Nodes, line.Chip));
        var info = Info(chip, line.Offset);
        if ((BinaryPrimitives.ReadUInt64LittleEndian(info.AsSpan(72)) & 1) == 0) return null;
        return GpioCalls.Text(info.AsSpan(GpioCalls.NameBytes, GpioCalls.NameBytes)) is { Length: > 0 } consumer ? $"'{consumer}'" : "the kernel";
    }

    internal SafeFileHandle Open(GpioLine line) => Open(Path.Combine(Nodes, line.Chip));

    // Changes of names such as GPIO71 for GPIO17 are small: the usual distance of words.
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var change = diagonal + (char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(Math.Min(row[j], row[j - 1]) + 1, change);
            }
        }

        return row[b.Length];
    }

    private static bool MayOpen(string node)
    {
        try
        {
            using var chip = Open(node);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static SafeFileHandle Open(string node) => File.OpenHandle(node, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);

    private static byte[] Info(SafeFileHandle chip, int offset)
    {
        var info = new byte[GpioCalls.LineInfoBytes];
        BinaryPrimitives.WriteInt32LittleEndian(info.AsSpan(2 * GpioCalls.NameBytes), offset);
        GpioCalls.Call(chip, GpioCalls.GetLineInfo, info);
        return info;
    }

    private List<string> Chips() =>
        !Directory.Exists(Nodes) ? []
        : [.. Directory.EnumerateFileSystemEntries(Nodes, "gpiochip*").Where(n => int.TryParse(Path.GetFileName(n)["gpiochip".Length..], NumberStyles.None, CultureInfo.InvariantCulture, out _)).Order(StringComparer.Ordinal)];

    private static List<GpioLine> Lines(string node)
    {
        try
        {
            using var chip = Open(node);
            var about = new byte[GpioCalls.ChipInfoBytes];
            GpioCalls.Call(chip, GpioCalls.GetChipInfo, about);
            var count = (int)Math.Min(4096, BinaryPrimitives.ReadUInt32LittleEndian(about.AsSpan(2 * GpioCalls.NameBytes)));
            return [.. Enumerable.Range(0, count).Select(i => new GpioLine(Path.GetFileName(node), i, GpioCalls.Text(Info(chip, i).AsSpan(0, GpioCalls.NameBytes))))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A chip that goes while it is looked at has no lines.
            return [];
        }
    }
}
