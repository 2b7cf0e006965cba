using System.Text.Json;
using ThreeOneOne.Field.Agent.Outbox;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Profile;

/// <summary>What the vehicle is told to be, on disk. A version that is not newer is ignored.</summary>
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

    public long Version => Current?.StateVersion ?? 0;

    /// <exception cref="IOException">The disk did not take it; the old one is kept and the hub sends it again.</exception>
    public void Replace(ProfileState state)
    {
        if (state.StateVersion <= Version) return;
        DurableFile.Replace(path, JsonSerializer.SerializeToUtf8Bytes(state, WireJson.Default.ProfileState));
        Current = state;
    }
}
