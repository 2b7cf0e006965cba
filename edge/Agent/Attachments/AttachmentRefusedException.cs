namespace ThreeOneOne.Field.Agent.Attachments;

/// <summary>A file is not taken; nothing of it is kept.</summary>
public sealed class AttachmentRefusedException : Exception
{
    public AttachmentRefusedException()
    {
    }

    public AttachmentRefusedException(string message)
        : base(message)
    {
    }

    public AttachmentRefusedException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <param name="why">Kind of reason.</param>
    /// <param name="message">Cause, for a person.</param>
    /// <param name="remedy">What to do.</param>
    public AttachmentRefusedException(AttachmentRefusal why, string message, string remedy)
        : base(message)
    {
        Why = why;
        Remedy = remedy;
    }

    public AttachmentRefusal Why { get; }

    public string Remedy { get; } = "";
}
