namespace ThreeOneOne.Field.FaultLab.Programs;

/// <summary>How a vehicle of the lab is fitted out.</summary>
internal sealed record VehicleSetup
{
    /// <summary>False for a vehicle without lamps to look at, which starts faster.</summary>
    public bool Senses { get; init; }

    /// <summary>True: its line ends the vehicle's TLS, so that packets are seen. False: bytes only, and the vehicle verifies the hub itself.</summary>
    public bool Seen { get; init; } = true;

    /// <summary>Recorded seconds that its drive takes in one.</summary>
    public double Pace { get; init; } = 2;

    /// <summary>When its recorded drive begins.</summary>
    public DateTimeOffset DrivesFrom { get; init; } = new(2026, 6, 1, 2, 0, 0, TimeSpan.Zero);

    /// <summary>Disk budget of its outbox.</summary>
    public long MaxBytes { get; init; } = 64 * 1024 * 1024;
}
