namespace ThreeOneOne.Field.Agent.Panel;

/// <summary>
/// Makes one change of many: contacts that close bounce for milliseconds. The first edge counts at once, what follows within the time is
/// bounce, and where the contact rests after it decides.
/// </summary>
public sealed class Debounce(int milliseconds)
{
    private ButtonEdge last = new(false, long.MinValue / 2);
    private bool contact;

    /// <summary>True while the contact is not where the last change left it: <see cref="Settle"/> after the time.</summary>
    public bool IsUnsettled => contact != last.Down;

    /// <summary>Takes an edge; the changes that it makes, in order.</summary>
    public IEnumerable<ButtonEdge> Take(ButtonEdge edge)
    {
        if (IsUnsettled && edge.AtMs - last.AtMs >= milliseconds) yield return Settle();
        contact = edge.Down;
        // A clock that went back is another clock.
        if (contact == last.Down || (edge.AtMs - last.AtMs < milliseconds && edge.AtMs >= last.AtMs)) yield break;
        last = edge;
        yield return edge;
    }

    /// <summary>The contact came to rest elsewhere than the last change said.</summary>
    public ButtonEdge Settle() => last = new ButtonEdge(contact, last.AtMs + milliseconds);
}
