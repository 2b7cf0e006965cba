using System.Runtime.InteropServices;

namespace ThreeOneOne.Field.Bench.Ingest;

/// <summary>epoll(7): one thread looks after all sessions, at the price of those that have something to say.</summary>
internal static unsafe partial class Libc
{
    public const uint In = 1;
    public const uint Out = 4;

    private const int Add = 1;

    [LibraryImport("libc", EntryPoint = "epoll_create1")]
    public static partial int NewEpoll(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_wait")]
    public static partial int Wait(int epoll, EpollEvent* events, int most, int timeoutMs);

    [LibraryImport("libc", EntryPoint = "close")]
    public static partial int Close(int descriptor);

    /// <summary>Edge-triggered, so that a session which may always be written to is not reported for ever.</summary>
    public static void Watch(int epoll, int descriptor, int tag)
    {
        var wanted = new EpollEvent { Events = In | Out | 1u << 31, Tag = (ulong)tag };
        if (Control(epoll, Add, descriptor, &wanted) != 0) throw new InvalidOperationException("epoll_ctl failed");
    }

    [LibraryImport("libc", EntryPoint = "epoll_ctl")]
    private static partial int Control(int epoll, int operation, int descriptor, EpollEvent* wanted);

    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    public struct EpollEvent
    {
        public uint Events;
        public ulong Tag;
    }
}
