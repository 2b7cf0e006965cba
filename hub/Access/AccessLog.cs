namespace ThreeOneOne.Field.Hub.Access;

/// <summary>Log messages 2200–2299. Never a token, key, password, or what was typed as a name.</summary>
internal static partial class AccessLog
{
    [LoggerMessage(2200, LogLevel.Warning, "Too many failed sign-ins from {Address}; refused until {Until:u}")]
    public static partial void SignInRefused(this ILogger log, string address, DateTimeOffset until);

    [LoggerMessage(2201, LogLevel.Error, "Could not look whether open requests are still signed in")]
    public static partial void WatchFailed(this ILogger log, Exception e);

    [LoggerMessage(2202, LogLevel.Information, "Ended an open request of {Kind} {Name}: no longer signed in as before")]
    public static partial void RequestEnded(this ILogger log, ActorKind kind, string name);
}
