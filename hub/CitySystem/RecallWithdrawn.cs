using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tickets;

namespace ThreeOneOne.Field.Hub.CitySystem;

/// <summary>A request that is withdrawn before the city ever heard of it stays at home.</summary>
public sealed class RecallWithdrawn : Reaction<RequestWithdrawn>
{
    public const string ReactionName = "city.request-withdrawn";

    public override string Name => ReactionName;

    protected override void React(WriteScope scope, RequestWithdrawn hubEvent)
    {
        foreach (var push in CityStore.OfRequest(scope, hubEvent.Number))
        {
            if (PushLife.Recall(push, scope.Now) is { } recalled && CityStore.Save(scope, recalled, push.Fence)) CityStore.Log(scope, push.Id, recalled.Cause!);
        }
    }
}
