namespace ThreeOneOne.Field.Hub.Enrolment;

/// <summary>A one-time code as it is shown once.</summary>
/// <param name="Vehicle">For which vehicle.</param>
/// <param name="Text">The code: a secret until it is used.</param>
/// <param name="Expires">When it is worth nothing any more, UTC.</param>
internal sealed record MadeCode(string Vehicle, string Text, DateTimeOffset Expires)
{
    /// <summary>Never the code.</summary>
    public override string ToString() => $"code for {Vehicle}";
}
