namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>Whether the hub hands out work by itself.</summary>
public enum AutoAssignment
{
    /// <summary>A dispatcher does.</summary>
    Off = 0,

    /// <summary>Each new request becomes an order of the nearest crew on shift that has room.</summary>
    NearestCrew,
}
