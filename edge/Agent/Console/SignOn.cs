using System.Globalization;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Outbox;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Console;

/// <summary>
/// Knows people by PIN or badge, without a signal. After five wrong ones in a row each further one waits: 30 s, doubled each
/// time, at most a quarter of an hour. The count survives a restart, and a restart waits anew: the ignition key is no way round.
/// </summary>
public sealed class SignOn
{
    private const int FreeTries = 5;
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);

    private readonly Lock one = new();
    private readonly string path;
    private readonly DeviceClock clock;
    private int wrong;
    private long openAtMs;

    /// <param name="path">File of the count.</param>
    /// <param name="clock">Waits.</param>
    public SignOn(string path, DeviceClock clock)
    {
        this.path = path;
        this.clock = clock;
        try
        {
            if (File.Exists(path) && int.TryParse(File.ReadAllText(path), NumberStyles.None, CultureInfo.InvariantCulture, out var held)) wrong = held;
        }
        catch (IOException)
        {
            // Then it counts from none.
        }

        Wait();
    }

    /// <summary>True when somebody of the crew must be known before it signs on.</summary>
    public static bool IsNeeded(ProfileCrew? crew) => crew?.Members?.Any(m => m.Pin is not null) ?? false;

    /// <returns>The member whose PIN or badge it is.</returns>
    /// <exception cref="SignOnRefusedException">Nobody's, or too many were wrong.</exception>
    public string Know(ProfileCrew crew, string? pin)
    {
        // One at a time: the hash is slow, and guesses must not run beside each other.
        lock (one)
        {
            var left = openAtMs - clock.MonotonicMs;
            if (left > 0) throw new SignOnRefusedException($"too many wrong PINs: wait {Math.Ceiling(left / 1000.0)} s", mustWait: true);
            if (PinHash.IsPin(pin) && crew.Members?.FirstOrDefault(m => m.Pin?.Matches(pin!) ?? false) is { } member)
            {
                Note(0);
                return member.Id;
            }

            Note(wrong + 1);
            throw new SignOnRefusedException("this PIN or badge belongs to nobody of the crew", mustWait: false);
        }
    }

    private void Note(int now)
    {
        if (now == wrong) return;
        wrong = now;
        Wait();
        try
        {
            DurableFile.Replace(path, System.Text.Encoding.ASCII.GetBytes(wrong.ToString(CultureInfo.InvariantCulture)));
        }
        catch (IOException)
        {
            // The wait holds until a restart all the same.
        }
    }

    private void Wait()
    {
        if (wrong < FreeTries) return;
        var wait = FirstWait * Math.Pow(2, Math.Min(wrong - FreeTries, 10));
        openAtMs = clock.MonotonicMs + (long)(wait < LongestWait ? wait : LongestWait).TotalMilliseconds;
    }
}
