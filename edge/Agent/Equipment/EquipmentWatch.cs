using ThreeOneOne.Field.Agent.Positioning;
using ThreeOneOne.Field.Agent.Power;
using ThreeOneOne.Field.Agent.Recordings;

namespace ThreeOneOne.Field.Agent.Equipment;

/// <summary>Follows the contact of the vehicle's equipment. One that cannot be read counts as working: what is not known is not guessed.</summary>
public sealed class EquipmentWatch(EquipmentOptions options, IIgnitionSource contact, TimeProvider time)
{
    private readonly Lock gate = new();
    private bool? on;
    private long? offSince;

    public SourceHealth Health => contact.Health;

    /// <summary>True while the equipment works, or may.</summary>
    public bool Works
    {
        get
        {
            if (contact.Health.State == SourceState.Missing) return true;
            lock (gate) return on != false || (offSince is { } since && time.GetElapsedTime(since).TotalSeconds < options.RestSeconds);
        }
    }

    /// <exception cref="FormatException">The address has none of the known forms.</exception>
    public static EquipmentWatch Open(EquipmentOptions options, Playback playback, TimeProvider time) =>
        new(options, IgnitionSources.Open(new IgnitionOptions { Source = options.Source, Code = options.Code }, playback, time), time);

    public async Task RunAsync(CancellationToken stop)
    {
        await foreach (var level in contact.ReadAsync(stop).ConfigureAwait(false))
        {
            lock (gate)
            {
                // Off from the start was off before, too.
                if (on == true && !level) offSince = time.GetTimestamp();
                on = level;
            }
        }
    }
}
