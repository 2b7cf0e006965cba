namespace ThreeOneOne.Field.Agent.Enrolment;

/// <summary>The hub does not give this vehicle an identity; the message says why, never the code.</summary>
public sealed class EnrolmentRefusedException : Exception
{
    public EnrolmentRefusedException()
    {
    }

    public EnrolmentRefusedException(string message)
        : base(message)
    {
    }

    public EnrolmentRefusedException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>True when the same try may succeed later.</summary>
    public bool MayPass { get; init; }
}
