namespace ThreeOneOne.Field.Hub.Crews;

/// <summary>Log messages 1600–1699.</summary>
internal static partial class CrewsLog
{
    [LoggerMessage(1600, LogLevel.Warning, "Shift {Shift} ended by rule: nobody signed it off for {Longest}")]
    public static partial void ShiftForgotten(this ILogger log, string shift, TimeSpan longest);

    [LoggerMessage(1601, LogLevel.Error, "Looking for forgotten shifts failed; the next round tries again")]
    public static partial void LookFailed(this ILogger log, Exception e);
}
