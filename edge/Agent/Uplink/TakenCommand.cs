using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Uplink;

/// <summary>A command as it is written down.</summary>
/// <param name="Id"><see cref="Command.Id"/>.</param>
/// <param name="Expires"><see cref="Command.Expires"/>.</param>
/// <param name="Answered">Its result is in the outbox; false: it was about to run.</param>
internal sealed record TakenCommand(string Id, DateTimeOffset Expires, bool Answered);
