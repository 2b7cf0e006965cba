using ThreeOneOne.Field.Hub.Sites;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.WorkOrders;

namespace ThreeOneOne.Field.Hub.Verification;

/// <summary>Begins to watch a repair that a crew reported, and ends it when the crew takes the report back.</summary>
public sealed class FollowRepairs(SitesOptions sites, VerificationOptions options, CheckRepair check) : Reaction<OrderChanged>
{
    public const string ReactionName = "verification.order-changed";

    public override string Name => ReactionName;

    protected override void React(WriteScope scope, OrderChanged hubEvent)
    {
        var order = hubEvent.Summary;
        var marks = ObservationStore.MarksFrom(new ObservationStore.Read(scope), order.Id).FindAll(m => m.Repaired);
        if (marks.Count == 0 || order.Request is not { } request)
        {
            RepairStore.Delete(scope, order.Id);
            return;
        }

        // The order's own place first: its time is the repair's.
        marks.Sort((a, b) => string.CompareOrdinal(a.Source, b.Source));
        var repair = Repair.Of(order.Id, request, marks, sites, options);
        var known = RepairStore.Find(scope, order.Id);
        if (known is not null && known.RepairedMs == repair.RepairedMs) return;
        RepairStore.Save(scope, repair);
        check.Run(scope, order.Id);
    }
}
