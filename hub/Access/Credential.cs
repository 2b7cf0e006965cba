namespace ThreeOneOne.Field.Hub.Access;

/// <summary>What a request was signed in with, by what the store knows it by: never the secret itself.</summary>
/// <param name="Kind"><see cref="ActorKind.Person"/> for a session, <see cref="ActorKind.Key"/> for an API key.</param>
/// <param name="Handle">Hash of the session's token, or the key's id.</param>
internal readonly record struct Credential(ActorKind Kind, string Handle);
