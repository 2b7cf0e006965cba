namespace ThreeOneOne.Field.Hub.CitySystem;

/// <summary>
/// The states of a push and every way from one to another. Pure. The rule that all of it serves: a push that may be at the
/// city goes back to waiting only by a look-up that began after the city's visibility delay and did not find it, or by a person.
/// </summary>
public static class PushLife
{
    /// <summary>A claim: the next step, written down before it is taken.</summary>
    public static (Push Push, PushStep Step) Claim(Push push, string owner, DateTimeOffset now, PushPolicy policy)
    {
        var claimed = push with { Fence = push.Fence + 1, LeaseOwner = owner, LeaseUntil = now + policy.Lease, DueAt = now + policy.Lease, UpdatedAt = now };
        switch (push.State)
        {
            case PushState.Waiting:
                return (claimed with
                {
                    State = PushState.Sending, Attempts = push.Attempts + 1, SentAt = now, FirstSentAt = push.FirstSentAt ?? now,
                    VisibleBy = now + policy.Lease + policy.VisibilityDelay,
                }, PushStep.Post);
            case PushState.Sending:
                // Whoever sent it is gone with the answer. Its lease is over, so its POST is too.
                var orphan = MayBeThere(claimed, now, policy, $"{push.LeaseOwner ?? "a hub"} ended while it was sending");
                return orphan.State == PushState.Looking
                    ? (orphan with { LeaseOwner = owner, LeaseUntil = now + policy.Lease, DueAt = now + policy.Lease }, PushStep.LookUp)
                    : (orphan, PushStep.Nothing);
            case PushState.Looking:
                return (claimed, PushStep.LookUp);
            case PushState.Polling:
                return (claimed, PushStep.Poll);
            default:
                return (push with { DueAt = null }, PushStep.Nothing);
        }
    }

    /// <summary>The answer to the step that the newest claim took.</summary>
    public static Push After(Push push, PushAnswer answer, DateTimeOffset now, PushPolicy policy)
    {
        var free = push with { LeaseOwner = null, LeaseUntil = null, UpdatedAt = now, Cause = answer.Cause ?? push.Cause };
        return (push.State, answer) switch
        {
            (PushState.Sending or PushState.Looking or PushState.Polling, PushAnswer.Stored stored) => Delivered(free, stored.Remote),
            (PushState.Sending, PushAnswer.Taken taken) => free with { State = PushState.Polling, Token = taken.Token, Troubles = 0, Cause = null, DueAt = now + policy.FirstBackOff },
            (PushState.Sending, PushAnswer.NotSent not) => free with { State = PushState.Waiting, Troubles = push.Troubles + 1, DueAt = now + Wait(push, not.RetryAfter, policy) },
            (PushState.Sending, PushAnswer.Refused) => free with { State = PushState.Failed, DueAt = null },
            (PushState.Sending, _) => MayBeThere(free, now, policy, answer.Cause ?? "the city's answer told nothing"),
            (PushState.Looking, PushAnswer.Absent absent) => Missing(free, absent.Began, now, policy),
            (PushState.Looking, PushAnswer.Ambiguous ambiguous) when ambiguous.Began >= push.VisibleBy => free with { State = PushState.OutcomeUnknown, DueAt = null },
            (PushState.Looking, PushAnswer.NoNews or PushAnswer.NotSent) when now >= push.VisibleBy + policy.LookUpPatience =>
                free with { State = PushState.OutcomeUnknown, DueAt = null, Cause = $"the look-up has told nothing for {Words(policy.LookUpPatience)}: {answer.Cause}" },
            (PushState.Looking, _) => Again(free, push, answer, now, policy),
            (PushState.Polling, _) when now >= push.SentAt + policy.TokenPatience =>
                free with { State = PushState.OutcomeUnknown, DueAt = null, Cause = $"the city took it, gave the token {push.Token} and no id for {Words(policy.TokenPatience)}: {answer.Cause}" },
            (PushState.Polling, _) => Again(free, push, answer, now, policy),
            _ => throw new InvalidOperationException($"a push that is {push.State} takes no {answer.GetType().Name}"),
        };
    }

    /// <summary>
    /// An answer to a claim that another one has followed since. What it knows of the city is true all the same: an id settles
    /// the push, and a second id is kept beside the first.
    /// </summary>
    public static Push Late(Push push, PushAnswer answer, DateTimeOffset now, PushPolicy policy)
    {
        var seen = push with { UpdatedAt = now };
        switch (answer)
        {
            case PushAnswer.Stored stored when push.Remote is null:
                return Delivered(seen with { Fence = push.Fence + 1, LeaseOwner = null, LeaseUntil = null }, stored.Remote);
            case PushAnswer.Stored stored when push.Remote != stored.Remote:
                return seen with { Second = stored.Remote, Cause = Twice(push.Remote, stored.Remote) };
            case PushAnswer.Taken taken when push.State is PushState.Waiting or PushState.Looking or PushState.OutcomeUnknown or PushState.Failed:
                return seen with
                {
                    State = PushState.Polling, Token = taken.Token, Fence = push.Fence + 1, LeaseOwner = null, LeaseUntil = null,
                    Troubles = 0, Cause = null, DueAt = now + policy.FirstBackOff,
                };
            // The list did not have it, and now something says that it may be there: it is looked for once more before it is sent.
            case PushAnswer.Uncertain { Cause: { } cause } when push.State == PushState.Waiting:
                return MayBeThere(seen with { Fence = push.Fence + 1 }, now, policy, cause);
            default:
                return seen;
        }
    }

    /// <summary>The city's own list shows it under an id, whoever looked and whatever it was waiting for.</summary>
    /// <param name="push">The push whose marker the row has.</param>
    /// <param name="remote">The row's id.</param>
    /// <param name="isCertain">The id that it has already was seen on the list, too, or a person named it: then the city has it twice. An id that only an answer named gives way.</param>
    /// <param name="now">The time.</param>
    public static Push Seen(Push push, string remote, bool isCertain, DateTimeOffset now)
    {
        if (push.Remote == remote || push.Second == remote) return push;
        return push.Remote is not null && isCertain
            ? push with { Fence = push.Fence + 1, UpdatedAt = now, Second = remote, Cause = Twice(push.Remote, remote) }
            : Delivered(push with { Fence = push.Fence + 1, LeaseOwner = null, LeaseUntil = null, UpdatedAt = now }, remote);
    }

    /// <summary>The id that it counted as delivered under turned out to be another's.</summary>
    /// <returns>Null when it isn't delivered.</returns>
    public static Push? Disproved(Push push, string cause, DateTimeOffset now, PushPolicy policy) =>
        push.State == PushState.Delivered ? MayBeThere(push with { Remote = null, Fence = push.Fence + 1, UpdatedAt = now }, now, policy, cause) : null;

    /// <summary>A person had the cause of a failure corrected.</summary>
    /// <returns>Null when it hasn't failed.</returns>
    public static Push? Retry(Push push, DateTimeOffset now) =>
        push.State == PushState.Failed ? push with { State = PushState.Waiting, Troubles = 0, DueAt = now, UpdatedAt = now } : null;

    /// <summary>A person says "it is there": <paramref name="remote"/>.</summary>
    /// <returns>Null when it is delivered, or on its way at this moment.</returns>
    public static Push? There(Push push, string remote, DateTimeOffset now) =>
        push.State is PushState.Delivered or PushState.Sending ? null : Seen(push, remote, isCertain: false, now);

    /// <summary>A person has looked and says "send it again".</summary>
    /// <returns>Null when its outcome isn't unknown.</returns>
    public static Push? SendAgain(Push push, DateTimeOffset now) =>
        push.State == PushState.OutcomeUnknown ? push with { State = PushState.Waiting, Troubles = 0, Token = null, DueAt = now, UpdatedAt = now } : null;

    /// <summary>Not any more.</summary>
    /// <returns>Null when it is delivered, given up, or on its way at this moment.</returns>
    public static Push? GiveUp(Push push, string cause, DateTimeOffset now) =>
        push.State is PushState.Delivered or PushState.Sending or PushState.GivenUp
            ? null
            : push with { State = PushState.GivenUp, Fence = push.Fence + 1, LeaseOwner = null, LeaseUntil = null, DueAt = null, Cause = cause, UpdatedAt = now };

    /// <summary>Withdrawn by the hub while it was still ours alone.</summary>
    /// <returns>Null when it has ever left.</returns>
    public static Push? Recall(Push push, DateTimeOffset now) =>
        push.State is PushState.Waiting or PushState.Failed && push.Attempts == 0 ? GiveUp(push, "withdrawn before it was sent", now) : null;

    private static Push Delivered(Push push, string remote) =>
        push with { State = PushState.Delivered, Remote = remote, Cause = null, DueAt = null, Troubles = 0 };

    private static string Twice(string first, string second) => $"the city has it twice: {first} and {second}; close one of them there";

    private static Push MayBeThere(Push push, DateTimeOffset now, PushPolicy policy, string cause) =>
        policy.CanLookUp
            ? push with
            {
                State = PushState.Looking, Troubles = 0, Cause = cause, LeaseOwner = null, LeaseUntil = null,
                VisibleBy = now + policy.VisibilityDelay, DueAt = Earlier(now + policy.FirstBackOff, now + policy.VisibilityDelay),
            }
            : push with
            {
                State = PushState.OutcomeUnknown, LeaseOwner = null, LeaseUntil = null, DueAt = null,
                Cause = $"{cause}; this city's requests cannot be looked up",
            };

    private static Push Missing(Push push, DateTimeOffset began, DateTimeOffset now, PushPolicy policy)
    {
        if (began < push.VisibleBy) return Again(push, push, new PushAnswer.Absent(began), now, policy);
        return push.Attempts >= policy.MostAttempts
            ? push with { State = PushState.Failed, DueAt = null, Cause = $"sent {push.Attempts} times and never stored: {push.Cause}" }
            : push with { State = PushState.Waiting, Troubles = 0, DueAt = now };
    }

    // Before the delay has passed, the next look is never later than its end.
    private static Push Again(Push free, Push push, PushAnswer answer, DateTimeOffset now, PushPolicy policy)
    {
        var retry = answer switch { PushAnswer.NoNews n => n.RetryAfter, PushAnswer.NotSent n => n.RetryAfter, _ => null };
        var due = now + Wait(push, retry, policy);
        if (push.State == PushState.Looking && retry is null && push.VisibleBy > now) due = Earlier(due, push.VisibleBy.Value);
        return free with { Troubles = push.Troubles + 1, DueAt = due };
    }

    private static TimeSpan Wait(Push push, TimeSpan? asked, PushPolicy policy)
    {
        var own = policy.BackOff(push.Id, push.Troubles);
        return asked > own ? asked.Value : own;
    }

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    private static string Words(TimeSpan time) => time.TotalDays >= 2 ? $"{time.TotalDays:0} days" : time.TotalHours >= 2 ? $"{time.TotalHours:0} hours" : $"{time.TotalMinutes:0} minutes";
}
