namespace ThreeOneOne.Field.Link;

/// <summary>The native library under the link is missing; the message names the package to install.</summary>
public sealed class LinkUnavailableException : Exception
{
    public LinkUnavailableException()
    {
    }

    public LinkUnavailableException(string message)
        : base(message)
    {
    }

    public LinkUnavailableException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
