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
    private readonly string path;

    public ProfileStore(string path)
    {
        this.path = path;
        try
        {
            if (File.Exists(path)) Current = JsonSerializer.Deserialize(File.ReadAllBytes(path), WireJson.Default.ProfileState);
        }
        catch (JsonException)
        {
            // Reported as version 0, it is sent again.
        }
    }

    public ProfileState? Current { get; private set; }

    /// <summary>Names the hub's store that the version counts in.</summary>
    public string? Era => Current?.Era;

    public long Version => Current?.StateVersion ?? 0;

    /// <exception cref="IOException">The disk did not take it; the old one is kept and the hub sends it again.</exception>
    public void Replace(ProfileState state)
    {
        if (Current is { } held && state.Era == held.Era && state.StateVersion <= held.StateVersion) return;
        DurableFile.Replace(path, JsonSerializer.SerializeToUtf8Bytes(state, WireJson.Default.ProfileState));
        Current = state;
    }
}
