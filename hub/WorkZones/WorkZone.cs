using System.Globalization;
using ThreeOneOne.Field.Hub.Sites;

namespace ThreeOneOne.Field.Hub.WorkZones;

/// <summary>Works on a road that the city announced, and where they are drawn.</summary>
/// <param name="Layer">The feed's name: ids are unique within it.</param>
/// <param name="Id">Its id there.</param>
/// <param name="Label">What people call it; empty when the feed says nothing.</param>
/// <param name="FromMs">Since when, Unix milliseconds.</param>
/// <param name="UntilMs">Until when.</param>
/// <param name="Drawn">The road or area.</param>
public sealed record WorkZone(string Layer, string Id, string Label, long FromMs, long UntilMs, DrawnShape Drawn)
{
    /// <summary>What sites call it; with the length of the layer's name, so that no two are the same word.</summary>
    public string Source => string.Create(CultureInfo.InvariantCulture, $"zone:{Layer.Length}:{Layer}:{Id}");

    /// <summary>What sites are told.</summary>
    public SiteNote ToNote() => new(Source, SiteNoteKind.Works, Drawn.Middle, FromMs, UntilMs, Drawn);
}
