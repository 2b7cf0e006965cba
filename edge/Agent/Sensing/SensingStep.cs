using System.Diagnostics.CodeAnalysis;

namespace ThreeOneOne.Field.Agent.Sensing;

/// <summary>
/// One step of sensing. Readings come in order of time, each stream by itself. A step concludes as early as it can, from
/// readings alone: the wall clock only passes through it, so that a recording gives the same observations at any pace.
/// </summary>
public abstract class SensingStep
{
    private readonly Queue<Conclusion> _concluded = [];

    public virtual void Take(in MotionReading reading)
    {
    }

    public virtual void Take(in LightReading reading)
    {
    }

    /// <summary>Motion samples could not be placed: what comes next is not connected with what came before.</summary>
    public virtual void BreakMotion()
    {
    }

    /// <summary>Light samples could not be placed.</summary>
    public virtual void BreakLight()
    {
    }

    /// <summary>An earlier step of the list has concluded something.</summary>
    public virtual void Heard(Conclusion conclusion)
    {
    }

    /// <summary>Takes what was concluded since the last call.</summary>
    public bool TryTake([MaybeNullWhen(false)] out Conclusion conclusion) => _concluded.TryDequeue(out conclusion);

    protected void Conclude(Conclusion conclusion) => _concluded.Enqueue(conclusion);
}
