namespace ThreeOneOne.Field.Wire;

/// <summary>Why a pass could not tell whether a street light was lit.</summary>
public enum LampDoubt
{
    Unknown = 0,

    /// <summary>Nothing is known yet of how bright the street's lights are: too few were seen lit since the start.</summary>
    NotCalibrated,

    /// <summary>Too few readings where it should have shown, or a gap in the fixes.</summary>
    FewReadings,

    /// <summary>The vehicle was too fast.</summary>
    TooFast,

    /// <summary>The receiver's dilution of precision was too high.</summary>
    BadFix,

    /// <summary>Something else lit the whole stretch: dusk, shop windows.</summary>
    BrightFloor,

    /// <summary>Even lit it would hardly show: too far from the track.</summary>
    TooWeak,

    /// <summary>What was seen fits a lit light and a dark one: another light beside it, headlights, a place that isn't known well enough.</summary>
    Ambiguous,

    /// <summary>It looked dark, and so did all around it: a covered sensor would look the same.</summary>
    NoLitNear,
}
