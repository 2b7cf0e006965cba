using System.Buffers.Binary;
using System.Security.Cryptography;
using ThreeOneOne.Field.Agent.Sealing;

namespace ThreeOneOne.Field.Agent.Outbox;

/// <summary>
/// Encrypts the bytes of frames, with a key of their epoch. What a frame says of itself (number, priority, kind, flags)
/// stays readable and is authenticated with it; inside stands how far its number is from the frame before it in the file,
/// so that a frame that was moved, copied or taken out is noticed like a damaged one.
/// </summary>
/// <param name="key">The folder's key.</param>
/// <param name="purpose">What the frames are: one key for each, such as an epoch's name.</param>
internal sealed class FrameSeal(DataKey key, string purpose) : IDisposable
{
    /// <summary>What a sealed frame is longer by at most.</summary>
    public const int OverheadBytes = Seal.NonceBytes + Seal.TagBytes + MostDistanceBytes;

    // With the number as the other half: only frames of one number in one epoch could meet, which a card image that is put
    // back makes, once in 2⁴⁸ each time. Heads have no number.
    private const int ChanceBytes = 6;
    private const int MostDistanceBytes = 5;
    private const int AboutBytes = 12;

    private readonly Seal seal = key.SealFor("outbox/" + purpose);

    /// <summary>True while frames from before the key may be there.</summary>
    public bool TakesPlain => !key.IsOnly;

    /// <summary>For one epoch; null without a key.</summary>
    public static FrameSeal? Of(DataKey? key, string purpose) => key is null ? null : new FrameSeal(key, purpose);

    /// <summary>Makes the whole frame.</summary>
    /// <param name="header">Of the plain frame.</param>
    /// <param name="body">Its bytes.</param>
    /// <param name="distance">Its number less the one before it in the file.</param>
    /// <param name="sealedHeader">As it is on the disk.</param>
    public byte[] Close(FrameHeader header, ReadOnlySpan<byte> body, long distance, out FrameHeader sealedHeader)
    {
        Span<byte> before = stackalloc byte[MostDistanceBytes];
        before = before[..Write(before, (uint)distance)];
        Span<byte> nonce = stackalloc byte[Seal.NonceBytes];
        RandomNumberGenerator.Fill(nonce);
        var kept = KeptOf(header);
        Number(nonce[kept..], header.Seq);
        sealedHeader = header with { Flags = header.Flags | FrameFlags.Sealed, Length = kept + before.Length + body.Length + Seal.TagBytes };
        var frame = new byte[Frame.HeaderBytes + sealedHeader.Length];
        nonce[..kept].CopyTo(frame.AsSpan(Frame.HeaderBytes));
        var plain = new byte[before.Length + body.Length];
        before.CopyTo(plain);
        body.CopyTo(plain.AsSpan(before.Length));
        Span<byte> about = stackalloc byte[AboutBytes];
        Say(sealedHeader, about);
        seal.Close(nonce, plain, about, frame.AsSpan(Frame.HeaderBytes + kept));
        Frame.Seal(frame, sealedHeader);
        return frame;
    }

    /// <summary>Reads the bytes of a frame whose checksum is right.</summary>
    /// <param name="header">As it is on the disk.</param>
    /// <param name="body">Its bytes there.</param>
    /// <param name="plain">What was closed.</param>
    /// <param name="distance">Its number less the one before it; null for a frame from before the key.</param>
    /// <returns>False when it was not closed with this key under this header, or is from before the key and must not be.</returns>
    public bool TryOpen(FrameHeader header, ReadOnlyMemory<byte> body, out ReadOnlyMemory<byte> plain, out int? distance)
    {
        (plain, distance) = (body, null);
        if (!header.Flags.HasFlag(FrameFlags.Sealed)) return TakesPlain;
        var kept = KeptOf(header);
        if (body.Length < kept + Seal.TagBytes + 1) return false;
        Span<byte> nonce = stackalloc byte[Seal.NonceBytes];
        body.Span[..kept].CopyTo(nonce);
        Number(nonce[kept..], header.Seq);
        Span<byte> about = stackalloc byte[AboutBytes];
        Say(header, about);
        if (seal.Open(nonce, body.Span[kept..], about) is not { } opened) return false;
        distance = Read(opened, out var bytes);
        plain = opened.AsMemory(bytes);
        return true;
    }

    /// <summary>Opens a frame where there may be no key.</summary>
    public static bool TryOpen(FrameSeal? seal, FrameHeader header, ReadOnlyMemory<byte> body, out ReadOnlyMemory<byte> plain, out int? distance)
    {
        if (seal is not null) return seal.TryOpen(header, body, out plain, out distance);
        (plain, distance) = (body, null);
        return !header.Flags.HasFlag(FrameFlags.Sealed);
    }

    /// <summary>Encrypts what lies beside the frames.</summary>
    public byte[] CloseBeside(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> about) => seal.Close(bytes, about);

    /// <returns>Null when it was not closed here.</returns>
    public byte[]? OpenBeside(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> about) => seal.Open(bytes, about);

    public void Dispose() => seal.Dispose();

    private static int KeptOf(FrameHeader header) => header.Flags.HasFlag(FrameFlags.Head) ? Seal.NonceBytes : ChanceBytes;

    private static void Number(Span<byte> half, long seq)
    {
        for (var i = 0; i < half.Length; i++) half[i] = (byte)(seq >> (8 * i));
    }

    // Seven bits a byte: mostly it is 1.
    private static int Write(Span<byte> target, uint distance)
    {
        var at = 0;
        for (; distance > 0x7F; distance >>= 7) target[at++] = (byte)(distance | 0x80);
        target[at++] = (byte)distance;
        return at;
    }

    private static int Read(ReadOnlySpan<byte> source, out int bytes)
    {
        var distance = 0;
        for (bytes = 0; bytes < MostDistanceBytes && bytes < source.Length;)
        {
            distance |= (source[bytes] & 0x7F) << (7 * bytes);
            if (source[bytes++] < 0x80) break;
        }

        return distance;
    }

    private static void Say(FrameHeader header, Span<byte> about)
    {
        about.Clear();
        BinaryPrimitives.WriteInt64LittleEndian(about, header.Seq);
        about[8] = (byte)header.Priority;
        about[9] = (byte)header.Kind;
        about[10] = (byte)header.Flags;
    }
}
