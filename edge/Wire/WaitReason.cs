namespace ThreeOneOne.Field.Wire;

/// <summary>What an order may wait for. A fixed list: target dates pause by it.</summary>
public static class WaitReason
{
    public const string Parts = "parts";
    public const string Utility = "utility";
    public const string Weather = "weather";
    public const string Police = "police";
    public const string Permit = "permit";

    public static readonly IReadOnlyList<string> All = [Parts, Utility, Weather, Police, Permit];
}
