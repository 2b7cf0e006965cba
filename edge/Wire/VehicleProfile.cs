namespace ThreeOneOne.Field.Wire;

/// <summary>What <see cref="ProfileState.Profile"/> holds: what a crew's screen needs without a signal. Members may be absent.</summary>
public sealed record VehicleProfile
{
    /// <summary>Crews that may sign on to any vehicle.</summary>
    public ProfileCrew[]? Crews { get; init; }

    /// <summary>What can be found or fixed on the spot.</summary>
    public ProfileService[]? Services { get; init; }

    /// <summary>What a job may take.</summary>
    public ProfileRate[]? Rates { get; init; }
}
