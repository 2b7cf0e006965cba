namespace ThreeOneOne.Field.Fleet.Demo;

/// <summary>How a vehicle of the demo is run and fed.</summary>
public enum VehicleRole
{
    /// <summary>An agent in the driver's process, fed by the simulation.</summary>
    Simulated,

    /// <summary>An agent process, fed by the simulation over sockets.</summary>
    Fed,

    /// <summary>An agent process that replays the rebuilt drive with the real lux log.</summary>
    LuxDrive,

    /// <summary>An agent process that replays a real NMEA drive somewhere else.</summary>
    NmeaDrive,
}
