using System.ComponentModel.DataAnnotations;

namespace ThreeOneOne.Field.Hub.Fleet;

/// <summary>When a vehicle needs somebody's attention, and how long its past is kept.</summary>
public sealed class FleetOptions
{
    public const string Section = "Fleet";

    /// <summary>How long health records are kept in the fleet's own history, days.</summary>
    [Range(1, 3_650)]
    public int HistoryDays { get; set; } = 14;

    /// <summary>A vehicle that was not heard for so long, hours; a weekend in the garage is none of it.</summary>
    [Range(1, 8_760)]
    public int SilentHours { get; set; } = 72;

    /// <summary>One that was not heard for so long with a shift open, minutes.</summary>
    [Range(1, 1_440)]
    public int SilentOnShiftMinutes { get; set; } = 15;

    /// <summary>A certificate that ends within so many days.</summary>
    [Range(0, 3_650)]
    public int CertificateDays { get; set; } = 21;

    /// <summary>Processor temperature, °C: a Raspberry Pi slows down from 80 on.</summary>
    [Range(0, 150)]
    public double HotC { get; set; } = 80;

    /// <summary>Room left on the disk, bytes.</summary>
    [Range(0, long.MaxValue)]
    public long DiskFreeBytes { get; set; } = 500L * 1024 * 1024;

    /// <summary>Share of its life that a card has used, percent.</summary>
    [Range(0, 1_000)]
    public int WornPercent { get; set; } = 90;

    /// <summary>Age of the oldest record that a connected vehicle has not sent, minutes.</summary>
    [Range(1, 525_600)]
    public int UnsentMinutes { get; set; } = 120;

    /// <summary>Days that a vehicle can still go on without the hub.</summary>
    [Range(0, 3_650)]
    public int OfflineDays { get; set; } = 7;
}
