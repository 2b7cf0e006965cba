namespace ThreeOneOne.Field.Hub.CitySystem;

public enum PushKind
{
    /// <summary>A new request at the city.</summary>
    Request,

    /// <summary>News of a request that is there.</summary>
    Update,
}
