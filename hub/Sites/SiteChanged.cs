namespace ThreeOneOne.Field.Hub.Sites;

/// <summary>
/// A site that carries, carried or took over a request's evidence changed. One event for every such change: whoever reacts
/// reads the site as it is now, so that events that are overtaken do no harm.
/// </summary>
/// <param name="Site">Id of the site.</param>
/// <param name="Kind"><see cref="SiteKind"/>.</param>
/// <param name="Supported">As of this change.</param>
/// <param name="Formerly">Ids that this site took over, because an earlier founding observation arrived late.</param>
/// <param name="SampledMs">The vehicle's wall clock at the newest observation that caused this; null when a crew's finding did.</param>
public sealed record SiteChanged(string Site, string Kind, bool Supported, IReadOnlyList<string> Formerly, long? SampledMs);
