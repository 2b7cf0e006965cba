using System.Text.Json;
using ThreeOneOne.Field.Agent.Outbox;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Profile;

/// <summary>
/// What the vehicle is told to be, on disk. Within an era a version that is not newer is ignored; one of another era
/// replaces whatever is held.
/// </summary>
public sealed class ProfileStore
{
    private readonly StateFile file;

    public ProfileStore(StateFile file)
    {
        this.file = file;
        try
        {
            if (file.Read() is { } bytes) Current = JsonSerializer.Deserialize(bytes, WireJson.Default.ProfileState);
            if (Current is { } held) Vehicle = Read(held);
        }
        catch (JsonException)
        {
            // Reported as version 0, it is sent again.
        }
    }

    /// <summary>What the vehicle understands of it.</summary>
    public VehicleProfile Vehicle { get; private set; } = new();

    public ProfileState? Current { get; private set; }

    /// <summary>Names the hub's store that the version counts in.</summary>
    public string? Era => Current?.Era;

    public long Version => Current?.StateVersion ?? 0;

    /// <exception cref="JsonException">It is no profile.</exception>
    /// <exception cref="IOException">The disk did not take it; the old one is kept and the hub sends it again.</exception>
    public void Replace(ProfileState state)
    {
        if (Current is { } held && state.Era == held.Era && state.StateVersion <= held.StateVersion) return;
        // Before it is kept: one that cannot be read leaves the old one in place, and is not said to be held.
        var vehicle = Read(state);
        file.Replace(JsonSerializer.SerializeToUtf8Bytes(state, WireJson.Default.ProfileState));
        Current = state;
        Vehicle = vehicle;
    }

    /// <exception cref="JsonException">It is none.</exception>
    private static VehicleProfile Read(ProfileState state) => state.Profile.Deserialize(WireJson.Default.VehicleProfile) ?? new VehicleProfile();
}
