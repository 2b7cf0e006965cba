using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Fleet.Crews;

/// <summary>The screen in a crew's cabin. What it saved is on the vehicle's disk.</summary>
public interface ICrewScreen
{
    /// <summary>The crew's orders; null while the screen cannot be reached.</summary>
    Task<IReadOnlyList<CrewOrder>?> OrdersAsync(CancellationToken stop);

    /// <returns>False when it was not saved.</returns>
    Task<bool> ShiftAsync(ShiftState state, string crew, string[] members, CancellationToken stop);

    /// <returns>False when it was not saved; the same id may be pressed again.</returns>
    Task<bool> ActAsync(string id, CrewActionKind kind, string order, string? reason, CancellationToken stop);
}
