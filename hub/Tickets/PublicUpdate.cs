namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>A public line of a public request's history: nothing in it names a person, a crew or a vehicle.</summary>
/// <param name="Id">Stable, of letters, digits and hyphens.</param>
/// <param name="Request">Number of the request.</param>
/// <param name="At">When.</param>
/// <param name="Status">Status of the request then.</param>
/// <param name="Stage">Its stage then.</param>
/// <param name="Resolution">How it had ended then: code of the catalogue.</param>
/// <param name="Text">What residents read.</param>
/// <param name="File">SHA-256 of a picture that goes with it.</param>
/// <param name="FileType">Its media type.</param>
public sealed record PublicUpdate(
    string Id, string Request, DateTimeOffset At, string Status, string Stage, string? Resolution, string Text, string? File, string? FileType);
