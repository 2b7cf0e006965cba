using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Console;

/// <summary>All that the crew's screen shows. Places in it never leave the vehicle by this way: loopback only.</summary>
public sealed record ConsoleState
{
    public required string Vehicle { get; init; }

    public required VehicleKind Kind { get; init; }

    public required ConsoleShift Shift { get; init; }

    public required VehicleActivity Activity { get; init; }

    public required IReadOnlyList<ConsoleOrder> Orders { get; init; }

    /// <summary>Ids of the open orders within reach, nearest first.</summary>
    public required IReadOnlyList<string> Nearby { get; init; }

    /// <summary>Id of the order under way.</summary>
    public string? Active { get; init; }

    /// <summary>What became of orders that the crew had: given to others, done by others, cancelled.</summary>
    public required IReadOnlyList<OrderNotice> Notices { get; init; }

    /// <summary>Actions of the last day, newest first; undo names one of them.</summary>
    public required IReadOnlyList<ConsoleAction> Recent { get; init; }

    /// <summary>True while the vehicle reaches the hub's broker.</summary>
    public required bool Connected { get; init; }

    /// <summary>Since when it does not; null while it does.</summary>
    public DateTimeOffset? CutSince { get; init; }

    /// <summary>Records that the hub has not acknowledged, and the crew actions among them.</summary>
    public required int Unsent { get; init; }

    public required int UnsentActions { get; init; }

    /// <summary>Photos, voice notes and signatures that the hub does not have yet, and their bytes.</summary>
    public required int UnsentFiles { get; init; }

    public required long UnsentFileBytes { get; init; }

    /// <summary>How long the vehicle can go on without the hub.</summary>
    public OfflineBudget? Offline { get; init; }

    /// <summary>Age of the latest fix, seconds; null without one.</summary>
    public double? FixAgeSeconds { get; init; }

    /// <summary>m/s.</summary>
    public double? SpeedMps { get; init; }

    /// <summary>The latest fix, for the arrow to the next job; null without one.</summary>
    public GeoPoint? At { get; init; }

    /// <summary>Course over ground, degrees; null while standing.</summary>
    public double? CourseDeg { get; init; }

    /// <summary>Night at the latest fix by the sun, or darkness by the light sensor; null when neither is known.</summary>
    public bool? Dark { get; init; }

    /// <summary>True where voice notes may be recorded.</summary>
    public required bool VoiceNotes { get; init; }

    /// <summary>Crews that may sign on, services that may be named, and what a job may take; empty before the hub has said.</summary>
    public required IReadOnlyList<ConsoleCrew> Crews { get; init; }

    public required IReadOnlyList<ProfileService> Services { get; init; }

    public required IReadOnlyList<ProfileRate> Rates { get; init; }

    /// <summary>Dangers within <see cref="ConsoleOptions.HazardsWithinM"/>, nearest first; without a fix those seen last.</summary>
    public required IReadOnlyList<ConsoleHazard> Hazards { get; init; }

    /// <summary>True when messages can be read out.</summary>
    public required bool Speaks { get; init; }

    /// <summary>The receipt of the shift that ended last; null while one lasts, and after a restart.</summary>
    public ConsoleReceipt? Ended { get; init; }

    /// <summary>True while the vehicle is too fast for a driver to look at a screen.</summary>
    public required bool Locked { get; init; }

    /// <summary>True while the office asks which vehicle this is: the screen shows it large.</summary>
    public bool Identify { get; init; }
}
