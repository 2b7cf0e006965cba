namespace ThreeOneOne.Field.Hub.Enrolment;

/// <summary>The vehicle behind a connection to the door.</summary>
/// <param name="Vehicle">Its id: the name in its certificate.</param>
/// <param name="Serial">The certificate's serial number, hexadecimal.</param>
/// <param name="NotAfter">When the certificate ends, UTC.</param>
public sealed record VehicleStanding(string Vehicle, string Serial, DateTimeOffset NotAfter);
