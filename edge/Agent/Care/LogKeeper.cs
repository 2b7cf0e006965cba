using System.Text;
using ThreeOneOne.Field.Agent.Outbox;

namespace ThreeOneOne.Field.Agent.Care;

/// <summary>
/// Keeps the log over a restart: what happened before it is what one wants to know after it. Saved each quarter of an hour
/// and at the end, encrypted as everything else, so that the card is spared.
/// </summary>
/// <param name="ring">This run's lines.</param>
/// <param name="file">The lines of the run before.</param>
public sealed class LogKeeper(LogRing ring, StateFile file)
{
    private static readonly TimeSpan Between = TimeSpan.FromMinutes(15);

    private readonly IReadOnlyList<string> before = Read(file);
    private long saved;

    /// <summary>Lines of the run before and of this one, oldest first.</summary>
    public IEnumerable<string> Lines => before.Concat(ring.Lines());

    public async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Between);
        while (await timer.WaitForNextTickAsync(stop).ConfigureAwait(false)) Save();
    }

    public void Save()
    {
        if (ring.Added == saved) return;
        try
        {
            file.Replace(Encoding.UTF8.GetBytes(string.Join('\n', ring.Lines())));
            saved = ring.Added;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A log that cannot be kept must not end the vehicle.
        }
    }

    private static string[] Read(StateFile file)
    {
        try
        {
            return file.Read() is { } bytes ? Encoding.UTF8.GetString(bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries) : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
