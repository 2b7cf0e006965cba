namespace ThreeOneOne.Field.Fleet;

/// <summary>Nothing can start as asked: the message is one sentence for the person who asked. Exit code 2.</summary>
public sealed class SetupException : Exception
{
    public SetupException()
    {
    }

    public SetupException(string message)
        : base(message)
    {
    }

    public SetupException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
