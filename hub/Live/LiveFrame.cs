namespace ThreeOneOne.Field.Hub.Live;

/// <summary>One event of the feed as it goes over the wire, serialised once and shared by all clients.</summary>
/// <param name="Seq">Its place in the feed of this boot.</param>
/// <param name="Bytes">The whole server-sent event with id and data.</param>
internal sealed record LiveFrame(long Seq, byte[] Bytes);
