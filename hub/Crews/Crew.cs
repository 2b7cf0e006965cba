namespace ThreeOneOne.Field.Hub.Crews;

/// <summary>A crew in the registry.</summary>
/// <param name="Id">One to 32 of a-z, 0-9 and -.</param>
/// <param name="Name">Name on screens: "Lights 2".</param>
/// <param name="Members">Pseudonymous ids.</param>
/// <param name="Skills">Service codes that the crew can do, and skills that services ask for; empty: all.</param>
/// <param name="Contractor">The contractor that it works for; null: the city.</param>
public sealed record Crew(string Id, string Name, IReadOnlyList<string> Members, IReadOnlyList<string> Skills, string? Contractor = null)
{
    /// <summary>What it has with it, in the words of the catalogue; null: nobody said.</summary>
    public IReadOnlyList<string>? Equipment { get; init; }

    /// <summary>Ids of the districts that it works in; empty: the whole city.</summary>
    public IReadOnlyList<string> Districts { get; init; } = [];
}
