namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>One entry of the service catalogue.</summary>
/// <param name="Code">Stable code.</param>
/// <param name="Title">On screens.</param>
/// <param name="TargetDays">Days from opening to the target date at priority 3.</param>
public sealed record Service(string Code, string Title, double TargetDays)
{
    /// <summary>The target date: sooner for urgent requests, later for those that can wait.</summary>
    public DateTimeOffset TargetFrom(DateTimeOffset opened, int priority) => opened.AddDays(TargetDays * priority switch
    {
        1 => 0.25,
        2 => 0.5,
        3 => 1,
        _ => 2,
    });
}
