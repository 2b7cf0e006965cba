namespace ThreeOneOne.Field.Hub.Access;

/// <summary>Who acts.</summary>
public enum ActorKind
{
    /// <summary>Nobody has signed in.</summary>
    Nobody,

    /// <summary>A signed-in person.</summary>
    Person,

    /// <summary>A program with an API key.</summary>
    Key,

    /// <summary>The hub itself, or somebody with access to its data folder.</summary>
    Hub,
}
