using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Console;

/// <summary>Body of POST /console/shift.</summary>
public sealed record ShiftRequest
{
    /// <summary>on, break, callOut or off.</summary>
    public ShiftState State { get; init; }

    /// <summary>Crew id; required to sign on.</summary>
    public string? Crew { get; init; }

    /// <summary>PIN or badge of one of the crew's people, where the city gave them out: to sign on, or to come on board.</summary>
    public string? Pin { get; init; }

    /// <summary>Pseudonyms on board; absent leaves them as they are.</summary>
    public string[]? Members { get; init; }
}
