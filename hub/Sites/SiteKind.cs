namespace ThreeOneOne.Field.Hub.Sites;

/// <summary>What a site is about, as stored and as events carry it.</summary>
public static class SiteKind
{
    public const string Lamp = "lamp";
    public const string Pothole = "pothole";
}
