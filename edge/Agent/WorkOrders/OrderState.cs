using System.Text.Json.Serialization;

namespace ThreeOneOne.Field.Agent.WorkOrders;

/// <summary>How far a work order is, as the crew's screen shows it.</summary>
public enum OrderState
{
    [JsonStringEnumMemberName("assigned")]
    Assigned = 0,

    [JsonStringEnumMemberName("accepted")]
    Accepted,

    [JsonStringEnumMemberName("arrived")]
    Arrived,

    [JsonStringEnumMemberName("started")]
    Started,

    [JsonStringEnumMemberName("suspended")]
    Suspended,

    [JsonStringEnumMemberName("could-not-complete")]
    CouldNotComplete,

    /// <summary>The hazard is contained; the defect is still there.</summary>
    [JsonStringEnumMemberName("made-safe")]
    MadeSafe,

    [JsonStringEnumMemberName("waiting")]
    Waiting,

    /// <summary>Repaired for now: the permanent repair is another order.</summary>
    [JsonStringEnumMemberName("temporary-repair")]
    TemporaryRepair,

    /// <summary>This crew gave it away.</summary>
    [JsonStringEnumMemberName("handed-over")]
    HandedOver,

    /// <summary>Done in the field; not yet closed by the office.</summary>
    [JsonStringEnumMemberName("field-complete")]
    FieldComplete,
}
