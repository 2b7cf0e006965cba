using ThreeOneOne.Field.Agent.Sensing;

namespace ThreeOneOne.Field.Edge.Tests.Sensing;

internal sealed class ObservationList : IObservationSink
{
    public List<Observation> All { get; } = [];

    public ValueTask AcceptAsync(Observation observation, CancellationToken stop)
    {
        All.Add(observation);
        return ValueTask.CompletedTask;
    }
}
