namespace ThreeOneOne.Field.Hub.Sites;

/// <summary>Nights and hours by the sun's clock, which knows neither time zones nor summer time.</summary>
internal static class SunClock
{
    /// <summary>Hour of the night, 12 to 36: above 24 after midnight.</summary>
    /// <param name="ms">Unix milliseconds.</param>
    /// <param name="longitude">Degrees.</param>
    public static double HourOf(long ms, double longitude)
    {
        var hours = ms / 3_600_000.0 + longitude / 15;
        var hour = hours - 24 * Math.Floor(hours / 24);
        return hour < 12 ? hour + 24 : hour;
    }

    /// <summary>Names the night, from noon to noon.</summary>
    /// <param name="ms">Unix milliseconds.</param>
    /// <param name="longitude">Degrees.</param>
    public static long NightOf(long ms, double longitude) => (long)Math.Floor((ms + (longitude / 15 - 12) * 3_600_000) / 86_400_000);
}
