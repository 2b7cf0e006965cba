using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Fleet.Crews;

/// <summary>The screen in a crew's cabin. What it saved is on the vehicle's disk.</summary>
public interface ICrewScreen
{
    /// <summary>The crew's orders; null while the screen cannot be reached.</summary>
    Task<IReadOnlyList<CrewOrder>?> OrdersAsync(CancellationToken stop);

    /// <returns>False when it was not saved.</returns>
    Task<bool> ShiftAsync(ShiftState state, string crew, string[] members, CancellationToken stop);

    /// <param name="id">Made by the crew's screen.</param>
    /// <param name="kind">Which button.</param>
    /// <param name="order">Work order id.</param>
    /// <param name="reason">For what cannot be completed.</param>
    /// <param name="photo">Name of a photo that <see cref="KeepPhotoAsync"/> gave; null: none.</param>
    /// <param name="stop">Gives up.</param>
    /// <param name="point">What was done here; null: nothing to say.</param>
    /// <param name="used">What the job took; null: as usual.</param>
    /// <returns>False when it was not saved; the same id may be pressed again.</returns>
    Task<bool> ActAsync(
        string id, CrewActionKind kind, string order, string? reason, string? photo, CancellationToken stop, RepairPoint? point = null, UsedItem[]? used = null);

    /// <returns>Its name, for an action; null when it was not saved.</returns>
    Task<string?> KeepPhotoAsync(byte[] png, CancellationToken stop);
}
