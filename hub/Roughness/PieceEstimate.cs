namespace ThreeOneOne.Field.Hub.Roughness;

/// <summary>Estimated roughness of a piece.</summary>
/// <param name="Piece">Where.</param>
/// <param name="MPerKm">Estimate, m/km.</param>
/// <param name="ErrorMPerKm">Its standard error, the scale's included.</param>
/// <param name="Passes">Times that all of it was driven.</param>
/// <param name="Vehicles">Different vehicles.</param>
/// <param name="NewestDay">Days since 1970.</param>
/// <param name="Scale">Where its scale is from.</param>
public sealed record PieceEstimate(Piece Piece, double MPerKm, double ErrorMPerKm, double Passes, int Vehicles, int NewestDay, RoughnessScale Scale);
