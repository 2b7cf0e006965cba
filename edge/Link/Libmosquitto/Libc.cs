using System.Runtime.InteropServices;

namespace ThreeOneOne.Field.Link;

/// <summary>The few system calls that .NET does not offer on a bare descriptor. <c>poll</c> and not <c>select</c>: a process
/// may hold hundreds of sessions, past select's 1,024 descriptors.</summary>
internal static unsafe partial class Libc
{
    public const short PollIn = 1;
    public const short PollOut = 4;
    public const short PollError = 8;
    public const short PollHangUp = 16;

    private const int EventFdCloseOnExec = 0x80000;
    private const int EventFdNonBlocking = 0x800;
    private const int Tcp = 6;
    private const int TcpUserTimeout = 18;
    private const int TcpNotSentLowAt = 25;
    private const int SetDescriptorFlags = 2;
    private const int CloseOnExecFlag = 1;

    public static int NewEvent()
    {
        var descriptor = EventFd(0, EventFdCloseOnExec | EventFdNonBlocking);
        return descriptor >= 0 ? descriptor : throw new IOException($"eventfd: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    public static void Signal(int eventDescriptor)
    {
        ulong one = 1;
        _ = Write(eventDescriptor, &one, sizeof(ulong));
    }

    public static void Clear(int eventDescriptor)
    {
        ulong count;
        _ = Read(eventDescriptor, &count, sizeof(ulong));
    }

    /// <summary>The library opens its sockets without it, so a child process would keep a dead session open.</summary>
    public static void CloseOnExec(int descriptor) => _ = Fcntl(descriptor, SetDescriptorFlags, CloseOnExecFlag);

    /// <summary>
    /// Keeps the kernel from taking more than this to send later: what it has taken, nothing urgent can overtake. Only a
    /// wish; where the kernel does not know it, messages wait longer.
    /// </summary>
    public static void LimitUnsent(int socket, int bytes) => Set(socket, TcpNotSentLowAt, bytes);

    /// <summary>Ends the connection when the other side's kernel has confirmed nothing for so long.</summary>
    public static void LimitUnconfirmed(int socket, TimeSpan longest) => Set(socket, TcpUserTimeout, (int)longest.TotalMilliseconds);

    [LibraryImport("libc", EntryPoint = "poll")]
    public static partial int Poll(PollDescriptor* descriptors, nuint count, int timeoutMs);

    [LibraryImport("libc", EntryPoint = "close")]
    public static partial int Close(int descriptor);

    private static void Set(int socket, int option, int value) => _ = SetSocketOption(socket, Tcp, option, &value, sizeof(int));

    [LibraryImport("libc", EntryPoint = "setsockopt")]
    private static partial int SetSocketOption(int socket, int level, int option, void* value, uint length);

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    private static partial int EventFd(uint initial, int flags);

    [LibraryImport("libc", EntryPoint = "write")]
    private static partial nint Write(int descriptor, void* buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "read")]
    private static partial nint Read(int descriptor, void* buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int Fcntl(int descriptor, int command, int argument);

    /// <summary><c>struct pollfd</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct PollDescriptor
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
