using ThreeOneOne.Field.Security.Scene;

namespace ThreeOneOne.Field.Security;

/// <summary>
/// One thing that somebody hostile does, many times. Its control is the same act done rightly, which must be let in before and
/// after: an attack on a door that is bricked up shows nothing.
/// </summary>
public interface IAttack
{
    /// <summary>Row of the table.</summary>
    string Name { get; }

    /// <returns>Null when the right act was let in; else what became of it.</returns>
    Task<string?> ControlAsync(SecurityScene scene, CancellationToken stop);

    Task<Tally> TryAsync(SecurityScene scene, CancellationToken stop);
}
