using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Automation;

/// <summary>Keeps what crews found where sensors had proposed work. Runs in the transaction of the work order.</summary>
public sealed class FieldLabels(ProposalGate gate)
{
    /// <param name="scope">The transaction of the order's change.</param>
    /// <param name="order">Work order id.</param>
    /// <param name="request">Its request; what no sensor proposed says nothing about sensors.</param>
    /// <param name="label">What was found; null when the order says nothing, such as after an undo.</param>
    /// <param name="atMs">Work time, Unix milliseconds.</param>
    public void Set(WriteScope scope, string order, string request, Label? label, long atMs)
    {
        if (ProposalStore.Find(scope, request) is not { } proposal || AutomationStore.LabelOf(scope, order) == label && label is null) return;
        AutomationStore.SetLabel(scope, order, proposal, label, atMs);
        gate.ModeOf(scope, proposal.Service, proposal.District);
    }
}
