namespace ThreeOneOne.Field.Hub.Updates;

/// <summary>A version of the agent that was published here.</summary>
/// <param name="Version">Three numbers with dots.</param>
/// <param name="Sha256">Of its archive.</param>
/// <param name="Size">Of its archive, bytes.</param>
/// <param name="Envelope">Its signed manifest.</param>
/// <param name="Share">Percent of the fleet that it is offered to.</param>
/// <param name="Stopped">Why it is offered to nobody any more; null while it may be.</param>
/// <param name="OfferedMs">When it was offered last, Unix milliseconds.</param>
internal sealed record PublishedUpdate(string Version, string Sha256, long Size, string Envelope, long Share, string? Stopped, long? OfferedMs)
{
    /// <summary>Whether a vehicle is in the share. Each version draws anew, so that it is not always the same vehicles that come first.</summary>
    public bool Covers(string vehicle) =>
        System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{Version} {vehicle}")) is [var high, var low, ..] && ((high << 8) | low) % 100 < Share;
}
