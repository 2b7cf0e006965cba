using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>Targets stand still from now on.</summary>
public sealed class OnTargetsSuspended(SuspendTargets targets) : Reaction<TargetsSuspended>
{
    public const string ReactionName = "tickets.targets-suspended";

    public override string Name => ReactionName;

    protected override void React(WriteScope scope, TargetsSuspended hubEvent)
    {
        if (targets.Suspend(scope, hubEvent.Cause, hubEvent.Services, hubEvent.From) is { Length: > 0 } more) scope.Raise(hubEvent with { Services = more });
    }
}
