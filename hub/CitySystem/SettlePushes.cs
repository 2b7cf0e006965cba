using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.CitySystem;

/// <summary>Writes down what came of pushes, with the link and the histories, in the caller's transaction.</summary>
public sealed class SettlePushes(CitySystemOptions options, ILogger<SettlePushes> log)
{
    private readonly PushPolicy policy = options.Policy;

    public void Apply(WriteScope scope, IReadOnlyList<(Push Push, PushAnswer Answer)> answers)
    {
        if (answers.Count == 0) return;
        CityLinkStore.Pushed(scope);
        foreach (var (push, answer) in answers) Apply(scope, push, answer);
    }

    /// <summary>The city's own list shows a push, whoever looked.</summary>
    public void Seen(WriteScope scope, Push push, string remote)
    {
        // The row carries this push's marker: whoever was answered with its id was answered wrongly.
        foreach (var owner in Others(scope, push, remote).Select(o => o.Owner).OfType<Push>())
            Disproved(scope, owner.Id, $"{remote}, which the city answered with, turned out to be {push.Request}");
        var seen = PushLife.Seen(push, remote, CityLinkStore.IsCertain(scope, push.Request), scope.Now);
        if (seen.Fence == push.Fence || !CityStore.Save(scope, seen, push.Fence)) return;
        if (seen.Remote != remote)
        {
            CityStore.Log(scope, push.Id, seen.Cause!);
            log.Doubled(seen.Request, seen.Remote!, remote);
            return;
        }

        if (push.Remote is not null)
        {
            CityStore.Log(scope, push.Id, $"the city answered with {push.Remote}, and its list shows it as {remote}");
            CityLinkStore.Unlink(scope, push.Request);
        }

        Delivered(scope, seen, "found on the city's list", "push");
    }

    /// <summary>Links a request to its id at the city and says so in its history.</summary>
    public void Delivered(WriteScope scope, Push push, string how, string origin)
    {
        CityStore.Log(scope, push.Id, $"{how}: {push.Remote}");
        CityLinkStore.Release(scope, push.Remote!);
        if (push.Kind == PushKind.Update) return;
        var link = CityLinkStore.Find(scope, push.Request) ?? new CityLink { Request = push.Request };
        if (link.Remote == push.Remote) return;
        if (link.Remote is not null)
        {
            log.Doubled(push.Request, link.Remote, push.Remote!);
            return;
        }

        CityLinkStore.Save(scope, link with { Remote = push.Remote, Origin = origin });
        scope.Raise(new PassedOn(push.Request, push.Remote!));
    }

    /// <summary>Takes an id back from a push that counted as delivered under it.</summary>
    public void Disproved(WriteScope scope, string id, string cause)
    {
        if (CityStore.Find(scope, id) is not { } push || PushLife.Disproved(push, cause, scope.Now, policy) is not { } next || !CityStore.Save(scope, next, push.Fence)) return;
        CityLinkStore.Unlink(scope, push.Request);
        CityStore.Log(scope, id, cause);
    }

    private void Apply(WriteScope scope, Push claimed, PushAnswer answer)
    {
        var now = scope.Now;
        var current = CityStore.Find(scope, claimed.Id)!;
        var isLate = current.Fence != claimed.Fence;
        if (isLate)
        {
            CityStore.Log(scope, claimed.Id, $"a late answer came for {claimed.LeaseOwner}: {Words(answer)}");
            // Nobody knows any more what it answered: an id that is another's is left to the city's list.
            if (answer is PushAnswer.Stored late && current.Kind == PushKind.Request && Others(scope, current, late.Remote).Count > 0)
                answer = new PushAnswer.Uncertain($"a late answer named {late.Remote}, which is another request's");
        }
        else
        {
            answer = Owned(scope, current, answer);
        }

        var next = isLate ? PushLife.Late(current, answer, now, policy) : PushLife.After(current, answer, now, policy);
        if (!CityStore.Save(scope, next, current.Fence))
        {
            // Somebody claimed it in this very moment: what we know still counts.
            Apply(scope, claimed, answer);
            return;
        }

        if (next.State == PushState.Delivered && current.State != PushState.Delivered) Delivered(scope, next, "the city has it", "push");
        else if (next.State != current.State || next.Cause != current.Cause) CityStore.Log(scope, next.Id, $"{CityStore.Word(next.State)}: {next.Cause ?? Words(answer)}");
        if (next.Second is not null && current.Second is null) log.Doubled(next.Request, next.Remote!, next.Second);
        if (next.State == PushState.OutcomeUnknown && current.State != PushState.OutcomeUnknown) log.OutcomeUnknown(next.Request, next.Cause ?? "");
        if (next.State == PushState.Failed && current.State != PushState.Failed) log.PushFailed(next.Request, next.Cause ?? "");
    }

    // An id that is another request's can't be this one's too. Of an answer to a POST the city's list must tell; what the list shows
    // is believed before an answer that the other one got.
    private PushAnswer Owned(WriteScope scope, Push push, PushAnswer answer)
    {
        if (answer is not PushAnswer.Stored stored || push.Kind != PushKind.Request) return answer;
        foreach (var (other, owner) in Others(scope, push, stored.Remote))
        {
            if (push.State == PushState.Looking && owner is not null)
                Disproved(scope, owner.Id, $"{stored.Remote}, which the city answered with, turned out to be {push.Request}");
            else
                return push.State == PushState.Sending
                    ? new PushAnswer.Uncertain($"the city answered with {stored.Remote}, which is our {other.Request}")
                    : new PushAnswer.Ambiguous(scope.Now, $"the city shows it under {stored.Remote}, which is our {other.Request}");
        }

        return answer;
    }

    /// <summary>Other requests that are linked to an id, each with the push that an answer of the city gave it to, if one did.</summary>
    private static List<(CityLink Link, Push? Owner)> Others(WriteScope scope, Push push, string remote) =>
        [.. CityLinkStore.ByRemote(scope, remote).Where(l => l.Request != push.Request)
            .Select(l => (l, l.Origin == "push" ? CityStore.OfRequest(scope, l.Request).Find(p => p.N == 0 && p.Remote == remote) : null))];

    private static string Words(PushAnswer answer) => answer switch
    {
        PushAnswer.Stored stored => $"the city has it as {stored.Remote}",
        PushAnswer.Taken taken => $"the city took it under the token {taken.Token}",
        PushAnswer.Absent => "not on the city's list",
        _ => answer.Cause ?? "nothing",
    };
}
