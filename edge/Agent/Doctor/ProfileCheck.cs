using System.Text.Json;
using ThreeOneOne.Field.Agent.Keys;
using ThreeOneOne.Field.Agent.Outbox;
using ThreeOneOne.Field.Agent.Profile;

namespace ThreeOneOne.Field.Agent.Doctor;

/// <summary>Whether the hub has told the vehicle what it is: crews, services, who may sign on.</summary>
/// <param name="folder">The vehicle's data.</param>
/// <param name="key">Where the data key is.</param>
internal sealed class ProfileCheck(string folder, DataKeyFile key) : ICheck
{
    public string Name => "profile";

    public Task<Finding> LookAsync(CancellationToken stop) => Task.FromResult(Look());

    private Finding Look()
    {
        try
        {
            using var opened = key.Read();
            var held = new ProfileStore(new StateFile(Path.Combine(folder, "profile.json"), opened));
            return held.Current is { } state
                ? new Finding(Name, CheckState.Ok, $"version {state.StateVersion}, {held.Vehicle.Crews?.Length ?? 0} crews")
                : new Finding(Name, CheckState.Note, "the hub has not sent one", "let the vehicle reach the hub once; look whether it is registered there");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return new Finding(Name, CheckState.Wrong, $"it cannot be read: {e.Message}", $"chown -R field-agent: {folder}; the hub sends it again");
        }
    }
}
