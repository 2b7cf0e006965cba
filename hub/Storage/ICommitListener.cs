namespace ThreeOneOne.Field.Hub.Storage;

/// <summary>Hears, in memory and after the commit, what a transaction raised. Must return at once and not throw.</summary>
public interface ICommitListener
{
    void Committed(IReadOnlyList<object> hubEvents);
}
