using ThreeOneOne.Field.Agent.Attachments;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Console;
using ThreeOneOne.Field.Agent.Equipment;
using ThreeOneOne.Field.Agent.Health;
using ThreeOneOne.Field.Agent.Keys;
using ThreeOneOne.Field.Agent.Outbox;
using ThreeOneOne.Field.Agent.Panel;
using ThreeOneOne.Field.Agent.Profile;
using ThreeOneOne.Field.Agent.Power;
using ThreeOneOne.Field.Agent.Sensing;
using ThreeOneOne.Field.Agent.Tracks;
using ThreeOneOne.Field.Agent.Updates;
using ThreeOneOne.Field.Agent.Uplink;
using ThreeOneOne.Field.Agent.WorkOrders;

namespace ThreeOneOne.Field.Agent;

/// <summary>Options of one vehicle, a property per room.</summary>
public sealed record AgentOptions
{
    public required VehicleOptions Vehicle { get; init; }

    public ClockOptions Clock { get; init; } = new();

    public OutboxOptions Outbox { get; init; } = new();

    public TracksOptions Tracks { get; init; } = new();

    public UplinkOptions Uplink { get; init; } = new();

    public SensingOptions Sensing { get; init; } = new();

    public AttachmentsOptions Attachments { get; init; } = new();

    public WorkOrdersOptions WorkOrders { get; init; } = new();

    public ConsoleOptions Console { get; init; } = new();

    public ButtonOptions Button { get; init; } = new();

    public IgnitionOptions Ignition { get; init; } = new();

    public EquipmentOptions Equipment { get; init; } = new();

    public HealthOptions Health { get; init; } = new();

    public SealingOptions Sealing { get; init; } = new();

    public TrialOptions Trial { get; init; } = new();

    public UpdatesOptions Updates { get; init; } = new();

    public HardwareOptions Hardware { get; init; } = new();
}
