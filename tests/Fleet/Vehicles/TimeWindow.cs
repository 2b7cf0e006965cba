namespace ThreeOneOne.Field.Fleet.Vehicles;

/// <summary>A stretch of simulated time that is driven, such as one night.</summary>
public readonly record struct TimeWindow(DateTimeOffset Start, DateTimeOffset End)
{
    public TimeSpan Length => End - Start;
}
