using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Tests.Access;

internal static class HubSteps
{
    /// <summary>Runs reactions until none is pending.</summary>
    public static async Task ReactAsync(this RealHub hub)
    {
        var (database, time) = (hub.Services.GetRequiredService<Database>(), hub.Services.GetRequiredService<TimeProvider>());
        var reactions = hub.Services.GetServices<IReaction>().ToList();
        using var runner = new ReactionRunner(
            database, hub.Services.GetRequiredService<ReactionCatalogue>(), reactions, new DiskRoom(time, NullLogger<DiskRoom>.Instance), time, NullLogger<ReactionRunner>.Instance);
        bool worked;
        do
        {
            worked = false;
            foreach (var reaction in reactions) worked |= await runner.RunDueAsync(reaction, default);
        }
        while (worked);
    }
}
