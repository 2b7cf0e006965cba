using System.Diagnostics;

namespace ThreeOneOne.Field.Edge.Tests;

/// <summary>Waits for a condition.</summary>
internal static class Eventually
{
    public static async Task TrueAsync(Func<bool> condition, string what, int seconds = 20)
    {
        var clock = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(seconds), $"after {seconds} s still not: {what}");
            await Task.Delay(10);
        }
    }
}
