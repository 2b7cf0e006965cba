namespace ThreeOneOne.Field.Fleet.Demo;

/// <summary>A number of each kind of fault; repairs only where they apply.</summary>
public readonly record struct Count(int Lamp, int Pothole, int? Repair = null);
