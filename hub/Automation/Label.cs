namespace ThreeOneOne.Field.Hub.Automation;

/// <summary>What a crew found where a sensor had proposed work.</summary>
public enum Label
{
    /// <summary>The defect, as proposed: repaired, made safe, or there and yet to be done.</summary>
    Confirmed,

    /// <summary>Nothing.</summary>
    NotFound,

    /// <summary>Something else.</summary>
    OtherDefect,

    /// <summary>The defect, but somebody else's: it says nothing against the sensor, and is left out of precision.</summary>
    OtherOwner,
}
