using System.Globalization;
using ThreeOneOne.Field.Hub.Assets;
using ThreeOneOne.Field.Hub.Sites;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tickets;

namespace ThreeOneOne.Field.Hub.Verification;

/// <summary>Looks at one repair: what vehicles have said since, and what that makes of it.</summary>
public sealed class CheckRepair(SitesOptions sites, RoadStructureIndex structures, VerificationOptions options)
{
    private const string Who = "hub";

    public void Run(WriteScope scope, string order)
    {
        if (RepairStore.Find(scope, order) is not { } before) return;
        var marks = ObservationStore.MarksFrom(new ObservationStore.Read(scope), order).FindAll(m => m.Repaired);
        if (marks.Count == 0)
        {
            RepairStore.Delete(scope, order);
            return;
        }

        var after = before.After(RepairedPlace.Read(scope, marks, structures, sites), scope.Now.ToUnixTimeMilliseconds(), options);
        RepairStore.Save(scope, after);
        if (after.State != before.State && Say(after) is { } what && TicketStore.Find(scope, after.Request) is not null)
            TicketStore.AddHistory(scope, after.Request, Who, what);
    }

    private static string? Say(Repair repair) => repair.State switch
    {
        RepairState.Verified => string.Create(CultureInfo.InvariantCulture, $"Repair verified: {repair.Clear} later passes by {repair.Vehicles} vehicles found the place clear"),
        RepairState.Doubtful => string.Create(CultureInfo.InvariantCulture, $"Repair in doubt: {repair.Found} later passes found the defect, {repair.Clear} did not"),
        RepairState.Unverified => string.Create(CultureInfo.InvariantCulture, $"Repair not verified: only {repair.Clear} later passes found the place clear"),
        _ => null,
    };
}
