using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.WorkOrders;

/// <summary>Which actions make sense. Steps may be skipped: a crew in the rain presses complete only.</summary>
internal static class ActionRules
{
    private const int MaxId = 64;
    private const int MaxAttachments = 8;

    /// <exception cref="ActionRefusedException">It makes no sense.</exception>
    public static void Check(ActionRequest request, OrderBook book, bool hasPlace)
    {
        if (request.Id is not { Length: > 0 and <= MaxId }) throw Refuse("an action has an id of 1 to 64 characters", "give it one and use it again when pressing again");
        if (request.Kind == CrewActionKind.Unknown) throw Refuse("no such kind of action", "use accept, arrive, start, suspend, complete, cannotComplete, fixedHere, undo or seen");
        if (request.Note is { Length: > 1000 }) throw Refuse("the note is longer than 1,000 characters", "shorten it");
        if (request.Reason is { Length: > 200 }) throw Refuse("the reason is longer than 200 characters", "shorten it");
        if (request.Member is { Length: > MaxId }) throw Refuse("the member's id is longer than 64 characters", "use the pseudonym of the roster");
        if (request.Attachments is { Length: > MaxAttachments }) throw Refuse($"an action carries at most {MaxAttachments} photos", "leave some out");
        switch (request.Kind)
        {
            case CrewActionKind.FixedHere when request.Service is not { Length: > 0 and <= 64 }:
                throw Refuse("fixedHere says which service was fixed", "give a service code");
            case CrewActionKind.FixedHere when !hasPlace:
                throw Refuse("there is no recent GPS fix to say where it was fixed", "wait for the fix and press again");
            case CrewActionKind.FixedHere:
                return;
            case CrewActionKind.Undo:
                CheckUndo(request, book);
                return;
            case CrewActionKind.CannotComplete when string.IsNullOrWhiteSpace(request.Reason):
                throw Refuse("cannotComplete says why", "give a reason");
        }

        if (book.Find(request.Order) is not { } order) throw Refuse("this order is not on this vehicle", "look at the list again");
        if (!order.IsOpen && request.Kind != CrewActionKind.Seen) throw Refuse($"{order.Copy.Number} has been finished", "undo that first");
    }

    /// <summary>True for the actions whose place the office needs; the others carry none.</summary>
    public static bool HasPlace(CrewActionKind kind) => kind is CrewActionKind.Arrive or CrewActionKind.Start
        or CrewActionKind.Complete or CrewActionKind.CannotComplete or CrewActionKind.FixedHere;

    private static void CheckUndo(ActionRequest request, OrderBook book)
    {
        if (request.Undoes is null || book.Own.Find(request.Undoes) is not { } undone || undone.Action.Kind == CrewActionKind.Undo)
            throw Refuse("undo names an action that was taken on this vehicle today", "look at the recent actions");
        if (book.Own.All.Any(a => a.Action.Undoes == request.Undoes && a.Action.Id != request.Id))
            throw Refuse("that action has been undone already", "look at the recent actions");
    }

    private static ActionRefusedException Refuse(string cause, string remedy) => new(cause, remedy);
}
