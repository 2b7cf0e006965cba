using System.Globalization;
using Microsoft.Extensions.Logging;
using ThreeOneOne.Field.Agent.Positioning;

namespace ThreeOneOne.Field.Agent.Power;

/// <summary>
/// Follows the ignition. Off, the vehicle works on for its hold-up, then sends what waits, then ends in order; on again before that, nothing
/// was. A source that cannot be read means on: a loose wire must not turn a vehicle off. A shift goes on through all of it.
/// </summary>
/// <param name="options">Times and the voltage that ends it.</param>
/// <param name="isBusy">True while the hub is reached and something waits to be sent.</param>
/// <param name="end">Asked once to end the vehicle.</param>
/// <param name="time">Steady clock.</param>
/// <param name="log">Told of every change.</param>
public sealed class PowerKeeper(IgnitionOptions options, Func<bool> isBusy, Action end, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan LongestBeat = TimeSpan.FromMilliseconds(500);

    private readonly Lock one = new();
    private readonly TimeSpan settle = TimeSpan.FromSeconds(options.SettleSeconds);
    private bool? raw;
    private bool? candidate;
    private long candidateSince;
    private bool? isOn;
    private long offSince;
    private long? lowSince;

    /// <summary>Raised when the ignition is on, off or unknown after it was something else.</summary>
    public event Action? Changed;

    /// <summary>Null: not known.</summary>
    public bool? IsOn
    {
        get
        {
            lock (one) return isOn;
        }
    }

    public PowerState State { get; private set; }

    /// <summary>Volts of the vehicle's battery; null when nobody measures them.</summary>
    public double? Volts { get; private set; }

    /// <summary>Follows a source until the vehicle ends.</summary>
    public async Task RunAsync(IIgnitionSource source, CancellationToken stop)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var following = FollowAsync(source, over.Token);
        try
        {
            using var timer = new PeriodicTimer(settle / 4 < LongestBeat ? settle / 4 : LongestBeat, time);
            candidateSince = time.GetTimestamp();
            do
            {
                if (following.IsFaulted) await following.ConfigureAwait(false);
                Settle(source.Health.State == SourceState.Missing ? null : raw);
                Step();
            }
            while (State != PowerState.Ending && await timer.WaitForNextTickAsync(stop).ConfigureAwait(false));
        }
        finally
        {
            await over.CancelAsync().ConfigureAwait(false);
            await following.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task FollowAsync(IIgnitionSource source, CancellationToken stop)
    {
        await foreach (var level in source.ReadAsync(stop).ConfigureAwait(false))
        {
            lock (one) raw = level;
        }
    }

    private void Settle(bool? level)
    {
        if (level != candidate) (candidate, candidateSince) = (level, time.GetTimestamp());
        if (candidate == isOn || time.GetElapsedTime(candidateSince) < settle) return;
        lock (one) isOn = candidate;
        if (isOn == false) offSince = time.GetTimestamp();
        log.Ignition(isOn switch { true => "on", false => "off", null => "unknown" });
        Changed?.Invoke();
    }

    private void Step()
    {
        Volts = ReadVolts();
        if (Volts is not { } volts || volts >= options.CutOffVolts) lowSince = null;
        else lowSince ??= time.GetTimestamp();
        var before = State;
        State = Next();
        if (State == before) return;
        if (State == PowerState.On) log.Resumed();
        else log.PowerChanged(State.ToString(), IsLow ? $"the battery has {Volts:0.0} V" : string.Create(CultureInfo.InvariantCulture, $"ignition off for {time.GetElapsedTime(offSince).TotalMinutes:0.#} min"));
        if (State == PowerState.Ending) end();
    }

    private bool IsLow => lowSince is { } since && time.GetElapsedTime(since).TotalSeconds >= options.CutOffSeconds;

    private PowerState Next()
    {
        if (isOn != false) return PowerState.On;
        var off = time.GetElapsedTime(offSince).TotalMinutes;
        if (off < options.HoldUpMinutes && !IsLow) return PowerState.HoldUp;
        if (options.PowerOffFile.Length == 0) return PowerState.Parked;
        return !IsLow && off < options.HoldUpMinutes + options.FinishMinutes && isBusy() ? PowerState.Finishing : PowerState.Ending;
    }

    private double? ReadVolts()
    {
        if (options.VoltageFile.Length == 0) return null;
        try
        {
            return double.TryParse(File.ReadAllText(options.VoltageFile), CultureInfo.InvariantCulture, out var steps) ? steps * options.VoltsPerStep : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
