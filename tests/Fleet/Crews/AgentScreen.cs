using System.Text.Json;
using ThreeOneOne.Field.Agent.Attachments;
using ThreeOneOne.Field.Agent.Console;
using ThreeOneOne.Field.Agent.Outbox;
using ThreeOneOne.Field.Agent.Shifts;
using ThreeOneOne.Field.Agent.WorkOrders;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Fleet.Crews;

/// <summary>The screen of an agent in this process: the same desk without the web server before it.</summary>
public sealed class AgentScreen(ConsoleDesk desk) : ICrewScreen
{
    public Task<IReadOnlyList<CrewOrder>?> OrdersAsync(CancellationToken stop) => Task.FromResult<IReadOnlyList<CrewOrder>?>(
        [.. desk.State().Orders.Select(o => new CrewOrder(o.Id, o.Service, new GeoPoint(o.Lat, o.Lon), o.Pole, JsonNamingPolicy.KebabCaseLower.ConvertName(o.State.ToString()), o.MustAcknowledge))]);

    public Task<bool> ShiftAsync(ShiftState state, string crew, string[] members, CancellationToken stop) =>
        SavedAsync(desk.ChangeShiftAsync(new ShiftRequest { State = state, Crew = crew, Members = members }, stop));

    public Task<bool> ActAsync(
        string id, CrewActionKind kind, string order, string? reason, string? photo, CancellationToken stop, RepairPoint? point = null, UsedItem[]? used = null) =>
        SavedAsync(desk.TakeActionAsync(
            new ActionRequest { Id = id, Kind = kind, Order = order, Reason = reason, Attachments = photo is null ? null : [photo], Point = point, Used = used }, stop));

    public async Task<string?> KeepPhotoAsync(byte[] png, CancellationToken stop)
    {
        try
        {
            using var content = new MemoryStream(png);
            return (await desk.SaveAttachmentAsync(AttachmentType.Png, content, png.Length, stop).ConfigureAwait(false)).Sha256;
        }
        catch (Exception e) when (e is AttachmentRefusedException or IOException)
        {
            return null;
        }
    }

    private static async Task<bool> SavedAsync(ValueTask<SavedReply> saving)
    {
        try
        {
            return (await saving.ConfigureAwait(false)).Saved;
        }
        catch (Exception e) when (e is ActionRefusedException or ShiftRefusedException or OutboxException)
        {
            return false;
        }
    }
}
