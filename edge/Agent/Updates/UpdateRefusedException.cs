namespace ThreeOneOne.Field.Agent.Updates;

/// <summary>An update must not be used; says why.</summary>
public sealed class UpdateRefusedException : Exception
{
    public UpdateRefusedException()
    {
    }

    public UpdateRefusedException(string message)
        : base(message)
    {
    }

    public UpdateRefusedException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
