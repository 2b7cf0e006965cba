namespace ThreeOneOne.Field.Hub.Ingest;

/// <summary>Where checked live positions come out. They exist in memory only.</summary>
public sealed class LivePositions
{
    /// <summary>Runs on the thread of the live lane; must return at once and not throw.</summary>
    public event Action<LivePositionReceived>? Received;

    internal void Publish(LivePositionReceived position) => Received?.Invoke(position);
}
