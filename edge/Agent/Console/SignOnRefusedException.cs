namespace ThreeOneOne.Field.Agent.Console;

/// <summary>Nobody was known by what was typed; the message never says what that was.</summary>
public sealed class SignOnRefusedException(string message, bool mustWait) : Exception(message)
{
    /// <summary>Too many were wrong: try again later.</summary>
    public bool MustWait { get; } = mustWait;
}
