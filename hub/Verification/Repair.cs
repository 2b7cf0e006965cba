using ThreeOneOne.Field.Hub.Sites;

namespace ThreeOneOne.Field.Hub.Verification;

/// <summary>One repair by a work order, and what passes since say about it.</summary>
public sealed record Repair
{
    /// <summary>The work order.</summary>
    public required string Source { get; init; }

    public required string Request { get; init; }

    /// <summary><see cref="SiteKind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Unix milliseconds; by the wall clock where recordings are replayed.</summary>
    public required long RepairedMs { get; init; }

    public required long SettledMs { get; init; }

    public required long UntilMs { get; init; }

    public string State { get; init; } = RepairState.Settling;

    public int Clear { get; init; }

    public int Found { get; init; }

    public int Vehicles { get; init; }

    public long? FirstMs { get; init; }

    public long? LastMs { get; init; }

    public long? DecidedMs { get; init; }

    public long? NextMs { get; init; }

    /// <summary>A repair that was just reported.</summary>
    public static Repair Of(string order, string request, IReadOnlyList<SiteMark> marks, SitesOptions sites, VerificationOptions options)
    {
        var mark = marks[0];
        var repairedMs = mark.Replay ? mark.DeviceMs : mark.AtMs;
        var settledMs = repairedMs + sites.SettleMs(mark.Kind);
        return new Repair
        {
            Source = order, Request = request, Kind = mark.Kind, RepairedMs = repairedMs, SettledMs = settledMs,
            UntilMs = settledMs + (long)(options.WithinDays * 86_400_000), NextMs = settledMs,
        };
    }

    /// <summary>
    /// The repair as the passes since make it at a time: pure. What is verified stays so, because what comes after is a new
    /// case; what is doubtful is looked at again, because vehicles may come to say otherwise.
    /// </summary>
    public Repair After(RepairedPlace place, long nowMs, VerificationOptions options)
    {
        if (State == RepairState.Verified) return this with { NextMs = null };
        var holds = place.Clear >= options.Passes && place.ClearVehicles >= options.Vehicles && place.Evidence <= -options.Evidence;
        var state = nowMs < SettledMs ? RepairState.Settling
            : place.Supported ? RepairState.Doubtful
            : holds ? RepairState.Verified
            : nowMs >= UntilMs ? RepairState.Unverified
            : RepairState.Waiting;
        var next = this with
        {
            State = state, Clear = place.Clear, Found = place.Found, Vehicles = place.ClearVehicles,
            FirstMs = place.Passes.Count > 0 ? place.Passes[0].Observation.FixMs : null,
            LastMs = place.Passes.Count > 0 ? place.Passes[^1].Observation.FixMs : null,
            // The longer it waits, the less a quarter of an hour matters.
            NextMs = state == RepairState.Verified || nowMs >= UntilMs ? null
                : Math.Max(SettledMs, nowMs + Math.Max((long)options.Every.TotalMilliseconds, (nowMs - SettledMs) / 50)),
        };
        if (state == State) return next;
        return next with { DecidedMs = state is RepairState.Settling or RepairState.Waiting ? null : nowMs };
    }
}
