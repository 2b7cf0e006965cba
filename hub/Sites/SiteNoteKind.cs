namespace ThreeOneOne.Field.Hub.Sites;

/// <summary>What somebody said of a place. Stored by number.</summary>
public enum SiteNoteKind
{
    /// <summary>A person's request for a pothole there is open.</summary>
    Reported = 1,

    /// <summary>The road is being worked on: what is felt is of the works.</summary>
    Works = 2,
}
