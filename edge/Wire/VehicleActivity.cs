namespace ThreeOneOne.Field.Wire;

/// <summary>What a vehicle is doing, for the dispatcher's map. One value: a unit is never en route and on site at once.</summary>
public enum VehicleActivity
{
    Unknown = 0,

    /// <summary>On shift, no order under way.</summary>
    Available,
    EnRoute,
    OnSite,
    OnBreak,

    /// <summary>A vehicle without a crew (sweeper, bus) that senses.</summary>
    Sensing,
}
