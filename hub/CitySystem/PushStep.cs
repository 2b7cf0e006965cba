namespace ThreeOneOne.Field.Hub.CitySystem;

/// <summary>What a claimed push needs from the network.</summary>
public enum PushStep
{
    Nothing,
    Post,
    LookUp,
    Poll,
}
