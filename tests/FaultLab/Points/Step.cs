namespace ThreeOneOne.Field.FaultLab.Points;

/// <summary>The steps of a record's way at which a fault can strike; a run that leaves one out has shown nothing about it.</summary>
internal enum Step
{
    Append = 0,
    Fsync,
    Send,
    Commit,
    Acknowledge,
    Delete,
    Event,
    Push,
}
