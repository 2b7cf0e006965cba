namespace ThreeOneOne.Field.Hub.CitySystem;

/// <summary>What a change at the city does to our request.</summary>
public enum MergeAct
{
    Nothing,
    Close,
    Reopen,
}
