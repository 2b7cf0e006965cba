namespace ThreeOneOne.Field.Wire;

/// <summary>How the vehicle's computer is; each member null when it cannot be known there.</summary>
public sealed record ComputerHealth
{
    /// <summary>Temperature of each zone of the board by its name ("cpu-thermal"), degrees Celsius.</summary>
    public Dictionary<string, double>? TemperaturesC { get; init; }

    /// <summary>
    /// What holds the processor back now ("under-voltage", "frequency capped", "throttled", "soft temperature limit"), and what did since the start
    /// ("under-voltage earlier"). Empty: nothing.
    /// </summary>
    public string[]? Throttling { get; init; }

    /// <summary>True when the disk with the outbox takes no writes: its file system found an error.</summary>
    public bool? DiskReadOnly { get; init; }

    /// <summary>Errors that the disk's file system has counted, ever.</summary>
    public long? DiskErrors { get; init; }

    /// <summary>How much of its life the disk has used, percent, in steps of ten upwards; over 100 it is past it. Only eMMC says it.</summary>
    public int? DiskWearPercent { get; init; }

    /// <summary>Memory that programs can still have, bytes.</summary>
    public long? MemoryFreeBytes { get; init; }

    /// <summary>Supplies and batteries by name: "online", "offline", "discharging 50 %".</summary>
    public Dictionary<string, string>? Supplies { get; init; }

    /// <summary>The vehicle's battery, volts.</summary>
    public double? BatteryVolts { get; init; }

    /// <summary>Time since the computer started, seconds.</summary>
    public long? UptimeSeconds { get; init; }

    /// <summary>Why it started: "power", "watchdog", "restart".</summary>
    public string? BootReason { get; init; }
}
