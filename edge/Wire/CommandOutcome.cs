namespace ThreeOneOne.Field.Wire;

/// <summary>What became of a command on the vehicle.</summary>
public enum CommandOutcome
{
    Unknown = 0,
    Done,
    Failed,

    /// <summary>It came after its <see cref="Command.Expires"/> and was not run.</summary>
    Expired,

    /// <summary>This agent knows no command of that kind.</summary>
    NotKnown,
}
