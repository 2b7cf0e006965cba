using ThreeOneOne.Field.Hub.CitySystem;

namespace ThreeOneOne.Field.Hub.Tests.CitySystem;

public sealed class PushLifeTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private static readonly PushPolicy Policy = new CitySystemOptions().Policy;

    public static TheoryData<PushState, string, PushState> Table => new()
    {
        { PushState.Sending, "stored", PushState.Delivered },
        { PushState.Sending, "taken", PushState.Polling },
        { PushState.Sending, "not-sent", PushState.Waiting },
        { PushState.Sending, "refused", PushState.Failed },
        { PushState.Sending, "uncertain", PushState.Looking },
        { PushState.Sending, "uncertain-blind", PushState.OutcomeUnknown },
        { PushState.Sending, "no-news", PushState.Looking },
        { PushState.Looking, "stored", PushState.Delivered },
        { PushState.Looking, "absent-early", PushState.Looking },
        { PushState.Looking, "absent", PushState.Waiting },
        { PushState.Looking, "ambiguous-early", PushState.Looking },
        { PushState.Looking, "ambiguous", PushState.OutcomeUnknown },
        { PushState.Looking, "no-news", PushState.Looking },
        { PushState.Looking, "no-news-for-days", PushState.OutcomeUnknown },
        { PushState.Polling, "stored", PushState.Delivered },
        { PushState.Polling, "no-news", PushState.Polling },
        { PushState.Polling, "no-news-for-weeks", PushState.OutcomeUnknown },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Each_answer_leads_where_the_table_says(PushState from, string word, PushState to)
    {
        var push = In(from);
        var policy = word == "uncertain-blind" ? Policy with { CanLookUp = false } : Policy;
        var visible = push.VisibleBy!.Value;
        var (now, answer) = word switch
        {
            "stored" => (Now, (PushAnswer)new PushAnswer.Stored("77")),
            "taken" => (Now, new PushAnswer.Taken("t")),
            "not-sent" => (Now, new PushAnswer.NotSent("refused")),
            "refused" => (Now, new PushAnswer.Refused("400")),
            "absent-early" => (visible, new PushAnswer.Absent(visible.AddSeconds(-1))),
            "absent" => (visible, new PushAnswer.Absent(visible)),
            "ambiguous-early" => (visible, new PushAnswer.Ambiguous(visible.AddSeconds(-1), "two")),
            "ambiguous" => (visible, new PushAnswer.Ambiguous(visible, "two")),
            "no-news" => (Now, new PushAnswer.NoNews("503")),
            "no-news-for-days" => (visible + Policy.LookUpPatience, new PushAnswer.NoNews("503")),
            "no-news-for-weeks" => (Now + Policy.TokenPatience, new PushAnswer.NoNews("404")),
            _ => (Now, new PushAnswer.Uncertain("cut")),
        };
        var next = PushLife.After(push, answer, now, policy);
        Assert.Equal(to, next.State);
        Assert.Null(next.LeaseOwner);
        Assert.Equal(to is PushState.Waiting or PushState.Looking or PushState.Polling, next.DueAt is not null);
        if (to is PushState.OutcomeUnknown or PushState.Failed) Assert.NotNull(next.Cause);
    }

    [Fact]
    public void A_push_goes_back_to_waiting_only_by_proof_or_by_a_person()
    {
        // Every state, every answer, at every moment: what may be at the city is never made sendable by anything else.
        var answers = new Func<DateTimeOffset, PushAnswer>[]
        {
            _ => new PushAnswer.Stored("1"), _ => new PushAnswer.Taken("t"), _ => new PushAnswer.Refused("r"), _ => new PushAnswer.Uncertain("u"),
            at => new PushAnswer.Absent(at), at => new PushAnswer.Ambiguous(at, "a"), _ => new PushAnswer.NoNews("n"),
        };
        foreach (var state in new[] { PushState.Sending, PushState.Looking, PushState.Polling })
        {
            foreach (var minutes in new[] { -20, 0, 14, 15, 16, 10_000, 20_000 })
            {
                foreach (var make in answers)
                {
                    var push = In(state);
                    var at = Now.AddMinutes(minutes);
                    var answer = make(at);
                    var next = PushLife.After(push, answer, at, Policy);
                    var late = PushLife.Late(push with { Fence = 9 }, answer, at, Policy);
                    var isProof = state == PushState.Looking && answer is PushAnswer.Absent absent && absent.Began >= push.VisibleBy;
                    Assert.True(next.State != PushState.Waiting || isProof, $"{state} + {answer} at {at}");
                    Assert.NotEqual(PushState.Waiting, late.State);
                }
            }
        }
    }

    [Fact]
    public void Sending_is_written_down_with_the_end_of_its_exposure_before_it_begins()
    {
        var (push, step) = PushLife.Claim(In(PushState.Waiting) with { Attempts = 0, FirstSentAt = null, SentAt = null, VisibleBy = null }, "a", Now, Policy);
        Assert.Equal((PushState.Sending, PushStep.Post, 1, 6L), (push.State, step, push.Attempts, push.Fence));
        Assert.Equal((Now, Now, Now + Policy.Lease + Policy.VisibilityDelay), (push.FirstSentAt, push.SentAt, push.VisibleBy));
        Assert.Equal(Now + Policy.Lease, push.DueAt);
    }

    [Fact]
    public void What_a_dead_hub_was_sending_is_looked_for_for_the_whole_delay_from_when_its_lease_was_over()
    {
        var late = Now + Policy.Lease;
        var (push, step) = PushLife.Claim(In(PushState.Sending), "b", late, Policy);
        Assert.Equal((PushState.Looking, PushStep.LookUp, "b"), (push.State, step, push.LeaseOwner));
        Assert.Equal(late + Policy.VisibilityDelay, push.VisibleBy);
        var (blind, nothing) = PushLife.Claim(In(PushState.Sending), "b", late, Policy with { CanLookUp = false });
        Assert.Equal((PushState.OutcomeUnknown, PushStep.Nothing), (blind.State, nothing));
        Assert.Null(blind.DueAt);
    }

    [Fact]
    public void A_late_answer_settles_what_others_are_still_looking_for()
    {
        var looking = In(PushState.Looking) with { Fence = 8 };
        var settled = PushLife.Late(looking, new PushAnswer.Stored("77"), Now, Policy);
        Assert.Equal((PushState.Delivered, "77", 9L), (settled.State, settled.Remote, settled.Fence));
        var again = PushLife.Late(settled, new PushAnswer.Stored("77"), Now, Policy);
        Assert.Null(again.Second);
        var twice = PushLife.Late(settled, new PushAnswer.Stored("78"), Now, Policy);
        Assert.Equal(("77", "78"), (twice.Remote, twice.Second));
        Assert.Equal(PushState.Polling, PushLife.Late(In(PushState.Waiting), new PushAnswer.Taken("t"), Now, Policy).State);
    }

    [Fact]
    public void A_person_decides_only_what_is_a_persons_to_decide()
    {
        foreach (var state in Enum.GetValues<PushState>())
        {
            var push = In(state);
            Assert.Equal(state == PushState.Failed, PushLife.Retry(push, Now) is not null);
            Assert.Equal(state == PushState.OutcomeUnknown, PushLife.SendAgain(push, Now) is not null);
            Assert.Equal(state is not (PushState.Delivered or PushState.Sending), PushLife.There(push, "5", Now) is not null);
            Assert.Equal(state is not (PushState.Delivered or PushState.Sending or PushState.GivenUp), PushLife.GiveUp(push, "no", Now) is not null);
            Assert.Null(PushLife.Recall(push, Now));
        }

        Assert.NotNull(PushLife.Recall(In(PushState.Waiting) with { Attempts = 0 }, Now));
    }

    [Fact]
    public void Too_many_attempts_that_left_nothing_behind_are_a_failure_with_its_cause()
    {
        var push = In(PushState.Looking) with { Attempts = Policy.MostAttempts, Cause = "500: oops" };
        var next = PushLife.After(push, new PushAnswer.Absent(push.VisibleBy!.Value), push.VisibleBy.Value, Policy);
        Assert.Equal(PushState.Failed, next.State);
        Assert.Contains("500: oops", next.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public void Back_off_doubles_to_its_bound_and_a_longer_wish_of_the_city_is_kept()
    {
        var waits = Enumerable.Range(0, 12).Select(n => Policy.BackOff("ab", n).TotalSeconds).ToList();
        Assert.All(waits, w => Assert.InRange(w, Policy.FirstBackOff.TotalSeconds * 0.8, Policy.LongestBackOff.TotalSeconds));
        Assert.True(waits[5] > waits[1] * 8);
        var push = PushLife.After(In(PushState.Sending), new PushAnswer.NotSent("429", TimeSpan.FromHours(1)), Now, Policy);
        Assert.Equal(Now.AddHours(1), push.DueAt);
    }

    private static Push In(PushState state) => new()
    {
        Id = "ab", Request = "SR-26-000001", Kind = PushKind.Request, N = 0, Marker = "fm-aaaabbbbccccdddd", State = state, Attempts = 1, Fence = 5,
        LeaseOwner = state is PushState.Sending or PushState.Looking or PushState.Polling ? "a" : null, LeaseUntil = Now.AddMinutes(2),
        FirstSentAt = Now, SentAt = Now, VisibleBy = Now + Policy.VisibilityDelay, CreatedAt = Now, UpdatedAt = Now,
        Remote = state == PushState.Delivered ? "5" : null,
        Body = new PushBody { Service = "pothole", ServiceCode = "PH", Lat = 42.37, Lon = -71.1, Description = "Pothole" },
    };
}
