namespace ThreeOneOne.Field.Hub.Access;

/// <summary>Who does something, as it is written beside what was done.</summary>
/// <param name="Kind">Person, key, or the hub itself.</param>
/// <param name="Id">Id of the person or key; empty for the hub and for nobody.</param>
/// <param name="Name">The name that people know.</param>
/// <param name="Role">Role at that moment; empty for the hub and for nobody.</param>
public sealed record Actor(ActorKind Kind, string Id, string Name, string Role)
{
    public static readonly Actor Nobody = new(ActorKind.Nobody, "", "nobody", "");

    public static readonly Actor Hub = new(ActorKind.Hub, "", "hub", "");

    /// <summary>Somebody at the hub's own console, who can read the data folder.</summary>
    public static readonly Actor Console = new(ActorKind.Hub, "", "console", "");
}
