namespace ThreeOneOne.Field.Agent.Sensing;

/// <summary>Takes observations as soon as they are decided: the outbox behind the shift's gate, or a test's list.</summary>
public interface IObservationSink
{
    ValueTask AcceptAsync(Observation observation, CancellationToken stop);
}
