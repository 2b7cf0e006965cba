using Microsoft.Extensions.DependencyInjection;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tests.Sites;
using ThreeOneOne.Field.Hub.Tickets;

namespace ThreeOneOne.Field.Hub.Tests.Automation;

/// <summary>Hears which requests were opened for work, as whoever gives them to crews does.</summary>
internal sealed class Heard : Reaction<RequestOpened>
{
    private const string ReactionName = "test.heard";
    private readonly List<string> opened = [];

    public override string Name => ReactionName;

    public static void Add(IServiceCollection services)
    {
        services.AddSingleton(new ReactionEntry(ReactionName, typeof(RequestOpened)));
        services.AddSingleton<Heard>();
        services.AddSingleton<IReaction>(p => p.GetRequiredService<Heard>());
    }

    public static IReadOnlyList<string> Of(DomainHub hub) => hub.Get<Heard>().opened;

    protected override void React(WriteScope scope, RequestOpened hubEvent) => opened.Add(hubEvent.Number);
}
