using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Uplink;

/// <summary>What a command that takes its time came to.</summary>
/// <param name="Detail">For a person; null when there is nothing to say.</param>
/// <param name="File">What it made, on its way to the hub; null for nothing.</param>
/// <param name="Afterwards">Done once the result is durable; null for nothing.</param>
public sealed record CommandAnswer(string? Detail, AttachmentRef? File = null, Action? Afterwards = null)
{
    /// <summary>The result is not known yet and is appended by whoever goes on with it, also after a restart.</summary>
    public static CommandAnswer Later { get; } = new((string?)null);
}
