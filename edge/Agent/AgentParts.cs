using ThreeOneOne.Field.Agent.Care;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Equipment;
using ThreeOneOne.Field.Agent.Health;
using ThreeOneOne.Field.Agent.Light;
using ThreeOneOne.Field.Agent.Motion;
using ThreeOneOne.Field.Agent.Panel;
using ThreeOneOne.Field.Agent.Positioning;
using ThreeOneOne.Field.Agent.Profile;
using ThreeOneOne.Field.Agent.Power;
using ThreeOneOne.Field.Agent.Sensing;
using ThreeOneOne.Field.Link;

namespace ThreeOneOne.Field.Agent;

/// <summary>What a vehicle is given: its sources and its link. Real ones in the program, simulated ones in a fleet.</summary>
public sealed record AgentParts
{
    /// <summary>Null: no receiver.</summary>
    public IFixSource? Fixes { get; init; }

    public IAccelerometerSource? Motion { get; init; }

    public ILuxSource? Light { get; init; }

    /// <summary>Null: no physical button.</summary>
    public IButtonSource? Button { get; init; }

    /// <summary>Null: nothing is known of the ignition.</summary>
    public IIgnitionSource? Ignition { get; init; }

    /// <summary>Null: the vehicle has no equipment that shakes it.</summary>
    public EquipmentWatch? Equipment { get; init; }

    /// <summary>The city's poles and streets, shared by all vehicles of a process.</summary>
    public SensingCity City { get; init; } = new(null, null);

    /// <summary>
    /// Opens the session with this last will, subscribed to the vehicle's down topics. The agent disposes what it returns.
    /// </summary>
    public required Func<WillMessage, IPublisher> Connect { get; init; }

    /// <summary>The service manager; null: none asks. The agent disposes it.</summary>
    public ServiceNotice? Notice { get; init; }

    /// <summary>When the vehicle's certificate ends; null without one.</summary>
    public Func<DateTimeOffset?>? CertificateEnds { get; init; }

    /// <summary>Folder of systemd's credentials; null for none.</summary>
    public string? Credentials { get; init; }

    /// <summary>Takes signed device profiles; null: this vehicle takes none.</summary>
    public DeviceProfileDesk? DeviceProfile { get; init; }

    /// <summary>The program's own log; null when nobody remembers it.</summary>
    public LogRing? Log { get; init; }

    /// <summary>Keys and certificates that a wipe destroys.</summary>
    public IReadOnlyList<string> IdentityFiles { get; init; } = [];

    /// <summary>Folders of which a wipe destroys every file: the identity's.</summary>
    public IReadOnlyList<string> IdentityFolders { get; init; } = [];

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The clock that stamps; null: one over <see cref="Time"/>. Sources should stamp by the same.</summary>
    public DeviceClock? Clock { get; init; }

    /// <summary>Seed of the jitter in back-offs, so that a fleet does not resend in step.</summary>
    public int Seed { get; init; }
}
