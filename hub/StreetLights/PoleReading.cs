using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.StreetLights;

/// <summary>What all passes under one light come to.</summary>
/// <param name="Pole">Its id.</param>
/// <param name="State">What is known of it.</param>
/// <param name="Usual">Share of its fixture's usual light that is usual of it.</param>
/// <param name="Passes">That were looked at.</param>
/// <param name="LastMs">GPS time of the newest, Unix milliseconds.</param>
/// <param name="ToldMs">Of the newest that could tell; 0: none could.</param>
/// <param name="Doubt">Why most of those that could not couldn't; null when all could, or none said why.</param>
public sealed record PoleReading(string Pole, PoleState State, double Usual, int Passes, long LastMs, long ToldMs, LampDoubt? Doubt);
