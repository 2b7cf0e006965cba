using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.WorkOrders;

/// <summary>Which actions make sense. Steps may be skipped: a crew in the rain presses complete only.</summary>
internal static class ActionRules
{
    private const int MaxId = 64;
    private const int MaxAttachments = 8;
    private const int MaxUsed = 20;
    private const double MostQuantity = 100_000;

    /// <exception cref="ActionRefusedException">It makes no sense.</exception>
    public static void Check(ActionRequest request, OrderBook book, string shift, bool hasPlace)
    {
        if (request.Id is not { Length: > 0 and <= MaxId }) throw Refuse("an action has an id of 1 to 64 characters", "give it one and use it again when pressing again");
        if (request.Kind == CrewActionKind.Unknown) throw Refuse("no such kind of action", "use accept, acknowledge, arrive, start, suspend, wait, makeSafe, temporaryRepair, complete, cannotComplete, handOver, point, use, fixedHere, report, hazard, note, undo, seen or duress");
        if (request.Note is { Length: > 1000 }) throw Refuse("the note is longer than 1,000 characters", "shorten it");
        if (request.Reason is { Length: > 200 }) throw Refuse("the reason is longer than 200 characters", "shorten it");
        if (request.Member is { Length: > MaxId }) throw Refuse("the member's id is longer than 64 characters", "use the pseudonym of the roster");
        if (request.Attachments is { Length: > MaxAttachments }) throw Refuse($"an action carries at most {MaxAttachments} photos", "leave some out");
        if (request.Resolution is { Length: > MaxId }) throw Refuse("the resolution's code is longer than 64 characters", "use a code of the list");
        CheckAmounts(request);
        switch (request.Kind)
        {
            // Whoever needs help gets no questions.
            case CrewActionKind.Duress:
                return;
            case CrewActionKind.FixedHere or CrewActionKind.Report when request.Service is not { Length: > 0 and <= 64 }:
                throw Refuse("fixedHere and report say of which service it is", "give a service code");
            case CrewActionKind.FixedHere or CrewActionKind.Report when !hasPlace:
                throw Refuse("there is no recent GPS fix to say where it is", "wait for the fix and press again");
            case CrewActionKind.FixedHere or CrewActionKind.Report:
                return;
            case CrewActionKind.Hazard when request.Hazard is null || !HazardKind.All.Contains(request.Hazard):
                throw Refuse("hazard says which danger it is", $"give one of {string.Join(", ", HazardKind.All)} as the hazard");
            case CrewActionKind.Hazard when !hasPlace:
                throw Refuse("there is no recent GPS fix to say where it is", "wait for the fix and press again");
            case CrewActionKind.Hazard:
                return;
            case CrewActionKind.Note when request is { Note: null or "", Attachments: null or { Length: 0 } }:
                throw Refuse("note brings a note or files", "write one, or name a file");
            // The hub no longer sends what is done; who did it in this shift may still add to it.
            case CrewActionKind.Note when book.Own.All.Any(a => a.Shift == shift && a.Action.Order is { } done && done == request.Order):
                return;
            case CrewActionKind.Undo:
                CheckUndo(request, book, shift);
                return;
            case CrewActionKind.CannotComplete when string.IsNullOrWhiteSpace(request.Reason):
                throw Refuse("cannotComplete says why", "give a reason");
            case CrewActionKind.Wait when !WaitReason.All.Contains(request.Reason):
                throw Refuse("wait says for what", $"give one of {string.Join(", ", WaitReason.All)} as the reason");
            case CrewActionKind.HandOver when request.To is { Length: > 0 } to && !Identifier.IsValid(to):
                throw Refuse($"'{to}' is no crew", $"a crew's id has {Identifier.Rule}; leave it out to give the order back to the office");
            case CrewActionKind.Point when !hasPlace:
                throw Refuse("there is no recent GPS fix to say where the point is", "wait for the fix and press again");
            case CrewActionKind.Use when request.Used is not { Length: > 0 }:
                throw Refuse("use says what the job took", "give at least one code with its quantity");
        }

        if (book.Find(request.Order) is not { } order) throw Refuse("this order is not on this vehicle", "look at the list again");
        if (!order.IsOpen && request.Kind is not (CrewActionKind.Seen or CrewActionKind.Use)) throw Refuse($"{order.Copy.Number} has been finished", "undo that first");
    }

    /// <summary>True for the actions whose place the office needs; the others carry none.</summary>
    public static bool HasPlace(CrewActionKind kind) => kind is CrewActionKind.Arrive or CrewActionKind.Start
        or CrewActionKind.Complete or CrewActionKind.CannotComplete or CrewActionKind.FixedHere
        or CrewActionKind.MakeSafe or CrewActionKind.TemporaryRepair or CrewActionKind.Point or CrewActionKind.Duress or CrewActionKind.Report or CrewActionKind.Hazard;

    /// <summary>True when the action keeps the order that the request names.</summary>
    public static bool NamesOrder(ActionRequest request, OrderBook book) => request.Kind switch
    {
        CrewActionKind.FixedHere or CrewActionKind.Report or CrewActionKind.Hazard or CrewActionKind.Undo => false,
        // A cry for help is taken whatever it names.
        CrewActionKind.Duress => book.Find(request.Order) is not null,
        _ => true,
    };

    private static void CheckAmounts(ActionRequest request)
    {
        if (request.Used is { Length: > MaxUsed }) throw Refuse($"an action carries at most {MaxUsed} items", "send the rest with another");
        if (request.Used is { } used && Array.Exists(used, u => u is null || u.Code is not { Length: > 0 and <= MaxId } || !IsAmount(u.Quantity)))
            throw Refuse("each item has a code and a quantity above 0", $"use codes of the table of rates and at most {MostQuantity:0}");
        if (request.Point is { } point && (point.Type?.Length > MaxId || point.Unit?.Length > MaxId || point.Stop?.Length > MaxId || (point.Quantity is { } q && !IsAmount(q))))
            throw Refuse("the point's type, unit, stop or quantity cannot be used", $"words of at most {MaxId} characters, a quantity above 0 and at most {MostQuantity:0}");
    }

    private static bool IsAmount(double quantity) => double.IsFinite(quantity) && quantity is > 0 and <= MostQuantity;

    private static void CheckUndo(ActionRequest request, OrderBook book, string shift)
    {
        if (request.Undoes is null || book.Own.Find(request.Undoes) is not { } undone || undone.Action.Kind == CrewActionKind.Undo)
            throw Refuse("undo names an action that was taken on this vehicle today", "look at the recent actions");
        if (undone.Shift is not null && undone.Shift != shift) throw Refuse("that shift has ended", "tell the office what was wrong");
        if (book.Own.All.Any(a => a.Action.Undoes == request.Undoes && a.Action.Id != request.Id))
            throw Refuse("that action has been undone already", "look at the recent actions");
    }

    private static ActionRefusedException Refuse(string cause, string remedy) => new(cause, remedy);
}
