namespace ThreeOneOne.Field.Hub.Roughness;

internal static partial class RoughnessLog
{
    [LoggerMessage(4700, LogLevel.Information, "Roughness is calibrated: {Pieces} pieces, {Vehicles} vehicle-months, {Calibrated} of them calibrated, scatter {Scatter:0.00}")]
    public static partial void Calibrated(this ILogger log, int pieces, int vehicles, int calibrated, double scatter);

    [LoggerMessage(4701, LogLevel.Debug, "Calibrating roughness: sweep {Sweep}, largest change {Change:0.0e0}")]
    public static partial void Sweeping(this ILogger log, int sweep, double change);

    [LoggerMessage(4702, LogLevel.Warning, "Roughness could not be calibrated: what is told stays that of the last time, and it is tried again in {Every}")]
    public static partial void NotCalibrated(this ILogger log, Exception e, TimeSpan every);
}
