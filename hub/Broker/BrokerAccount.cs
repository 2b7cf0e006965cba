namespace ThreeOneOne.Field.Hub.Broker;

/// <summary>
/// Under whose rights the broker runs: the hub's own, which must not be root's. Tests that run as root put another in its
/// place, which drops the rights and hands the files over.
/// </summary>
/// <param name="Prefix">Command in front of the broker's own.</param>
/// <param name="HandOver">Makes a path and all in it readable for the broker; null when it is anyway.</param>
internal sealed record BrokerAccount(IReadOnlyList<string> Prefix, Action<string>? HandOver)
{
    /// <exception cref="InvalidOperationException">The hub runs as root.</exception>
    public static BrokerAccount Own() => Environment.IsPrivilegedProcess
        ? throw new InvalidOperationException(
            "field-hub refuses to run as root: the broker that it starts would drop its rights and could not save; start it as an ordinary user that owns the data folder")
        : new BrokerAccount([], null);
}
