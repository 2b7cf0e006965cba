using ThreeOneOne.Field.Agent.Sensing;

namespace ThreeOneOne.Field.Fleet.Sensed;

/// <summary>Keeps what sensing concludes, in order. Takes at once: there is never anything to wait for.</summary>
public sealed class ObservationList : IObservationSink
{
    private readonly List<Observation> _all = [];

    public IReadOnlyList<Observation> All => _all;

    public ValueTask AcceptAsync(Observation observation, CancellationToken stop)
    {
        _all.Add(observation);
        return ValueTask.CompletedTask;
    }
}
