using ThreeOneOne.Field.Hub.Sites;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.StreetLights;

/// <summary>A crew's finding changes what is known of a light, too.</summary>
public sealed class FollowMarks(RefoldLights refold) : Reaction<SiteChanged>
{
    public const string ReactionName = "street-lights.site-changed";

    public override string Name => ReactionName;

    protected override void React(WriteScope scope, SiteChanged hubEvent)
    {
        if (hubEvent.Kind == SiteKind.Lamp && SiteStore.Find(scope.Connection, hubEvent.Site, scope.Transaction) is { Pole: { } pole }) refold.Run(scope, pole);
    }
}
