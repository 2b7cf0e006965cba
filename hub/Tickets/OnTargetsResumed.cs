using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>Targets go on.</summary>
public sealed class OnTargetsResumed(SuspendTargets targets) : Reaction<TargetsResumed>
{
    public const string ReactionName = "tickets.targets-resumed";

    public override string Name => ReactionName;

    protected override void React(WriteScope scope, TargetsResumed hubEvent)
    {
        if (targets.Resume(scope, hubEvent.Services) is { Length: > 0 } more) scope.Raise(hubEvent with { Services = more });
    }
}
