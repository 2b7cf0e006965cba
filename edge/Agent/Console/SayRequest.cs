namespace ThreeOneOne.Field.Agent.Console;

/// <summary>Body of POST /console/say: a message that cannot be read now.</summary>
/// <param name="Text">In the crew's language, at most 300 characters.</param>
/// <param name="Language">en, es, pt, ht or zh.</param>
public sealed record SayRequest(string? Text, string? Language);
