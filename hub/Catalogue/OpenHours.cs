namespace ThreeOneOne.Field.Hub.Catalogue;

/// <summary>A part of a day on the city's clocks.</summary>
/// <param name="From">Minutes after midnight.</param>
/// <param name="To">Minutes after midnight, at most 1440.</param>
public readonly record struct OpenHours(int From, int To)
{
    public const int Day = 1_440;
}
