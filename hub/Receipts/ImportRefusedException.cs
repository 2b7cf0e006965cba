namespace ThreeOneOne.Field.Hub.Receipts;

/// <summary>A file that is not taken in, and nothing of it: says why and what to do.</summary>
public sealed class ImportRefusedException : Exception
{
    public ImportRefusedException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
