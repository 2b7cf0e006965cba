using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace ThreeOneOne.Field.Kernel.Tests.Inside;

/// <summary>An input device of one key, by the kernel's uinput. Unplugged when disposed.</summary>
internal sealed partial class MadeKey : IDisposable
{
    private const ushort Code = 256;

    private readonly FileStream device = new("/dev/uinput", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, 0);

    public MadeKey()
    {
        // UI_SET_EVBIT EV_KEY, UI_SET_KEYBIT, UI_DEV_SETUP, UI_DEV_CREATE of linux/uinput.h.
        Check(Control(device.SafeFileHandle, 0x4004_5564, 1));
        Check(Control(device.SafeFileHandle, 0x4004_5565, Code));
        var setup = new byte[92];
        BinaryPrimitives.WriteUInt16LittleEndian(setup, 0x19);
        Encoding.ASCII.GetBytes("field test key", setup.AsSpan(8));
        Check(ControlBytes(device.SafeFileHandle, 0x405c_5503, setup));
        Check(Control(device.SafeFileHandle, 0x5501, 0));
        var name = new byte[64];
        Check(ControlBytes(device.SafeFileHandle, 0x8040_552c, name));
        var folder = $"/sys/devices/virtual/input/{Encoding.ASCII.GetString(name).TrimEnd('\0')}";
        Node = $"/dev/input/{Path.GetFileName(Directory.EnumerateDirectories(folder, "event*").First())}";
    }

    public string Node { get; }

    public void Press(bool down)
    {
        Span<byte> records = stackalloc byte[48];
        BinaryPrimitives.WriteUInt16LittleEndian(records[16..], 1);
        BinaryPrimitives.WriteUInt16LittleEndian(records[18..], Code);
        BinaryPrimitives.WriteInt32LittleEndian(records[20..], down ? 1 : 0);
        device.Write(records);
    }

    public void Dispose() => device.Dispose();

    private static void Check(int result)
    {
        if (result < 0) throw new InvalidOperationException(Marshal.GetLastPInvokeErrorMessage());
    }

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Control(SafeFileHandle device, nuint request, nint argument);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int ControlBytes(SafeFileHandle device, nuint request, [In, Out] byte[] argument);
}
