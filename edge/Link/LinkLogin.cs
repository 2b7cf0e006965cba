namespace ThreeOneOne.Field.Link;

/// <summary>Name and password of one connection, for brokers that do not take the name from the certificate.</summary>
/// <param name="User">User name.</param>
/// <param name="Password">Password or token; null: none, the certificate proves who it is. Never logged.</param>
/// <param name="RenewAfter">
/// How long the password carries; null: for ever. MQTT 3.1.1 cannot change it on an open connection, so the link then takes
/// nothing new, waits a moment for what is on its way, says goodbye and connects anew at once.
/// </param>
public sealed record LinkLogin(string User, string? Password, TimeSpan? RenewAfter);
