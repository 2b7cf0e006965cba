using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace ThreeOneOne.Field.Agent.Gpio;

/// <summary>
/// The kernel's GPIO character device, version 2 (linux/gpio.h; since 5.10): its calls and their sizes, which are the same on arm64 and
/// x86-64. Directly, because libgpiod's interface differs between Debian's releases and the kernel's does not.
/// </summary>
internal static partial class GpioCalls
{
    public const int ChipInfoBytes = 68;
    public const int LineInfoBytes = 256;
    public const int RequestBytes = 592;
    public const int EventBytes = 48;
    public const int ValuesBytes = 16;
    public const int NameBytes = 32;

    public const nuint GetChipInfo = 0x8044_b401;
    public const nuint GetLineInfo = 0xc100_b405;
    public const nuint GetLine = 0xc250_b407;
    public const nuint GetValues = 0xc010_b40e;
    public const nuint SetValues = 0xc010_b40f;

    public const int Busy = 16;
    public const int Invalid = 22;

    /// <exception cref="IOException">The kernel refuses; <see cref="Exception.HResult"/> is its errno.</exception>
    public static void Call(SafeFileHandle file, nuint call, Span<byte> argument)
    {
        if (Control(file, call, ref MemoryMarshal.GetReference(argument)) >= 0) return;
        var error = Marshal.GetLastPInvokeError();
        throw new IOException(Marshal.GetPInvokeErrorMessage(error), error);
    }

    /// <summary>Text of a fixed field, up to its end.</summary>
    public static string Text(ReadOnlySpan<byte> field)
    {
        var end = field.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? field : field[..end]);
    }

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Control(SafeFileHandle file, nuint call, ref byte argument);
}
