using System.Net;
using System.Net.Sockets;

namespace ThreeOneOne.Field.Hub.Access;

/// <summary>
/// Counts failed sign-ins per name and per address, and refused keys per address, in fixed windows. Bounded: when it holds too many, the half that is
/// furthest from its limit is forgotten, so that nobody wins attempts at a name by failing at many others.
/// </summary>
internal sealed class SignInLimiter(AccessOptions options, TimeProvider time)
{
    private const int MostEntries = 50_000;
    private readonly Lock sync = new();
    private readonly Dictionary<string, int> failures = new(StringComparer.Ordinal);
    private DateTimeOffset windowEnd;

    /// <returns>When to try again; null when there is no limit to wait for.</returns>
    public DateTimeOffset? RefusedUntil(string? name, IPAddress? address)
    {
        lock (sync)
        {
            Roll();
            var refused = (name is not null && failures.GetValueOrDefault(NameEntry(name)) >= options.SignInFailuresPerName)
                || failures.GetValueOrDefault(AddressEntry(address)) >= options.SignInFailuresPerAddress;
            return refused ? windowEnd : null;
        }
    }

    /// <summary>
    /// Counts a refused API key. Apart from sign-ins, so that a program with an old key keeps no person of the same office out.
    /// </summary>
    /// <returns>When to try again; null while this address has not had too many.</returns>
    public DateTimeOffset? CountKey(IPAddress? address)
    {
        lock (sync)
        {
            Roll();
            var entry = "k" + AddressEntry(address);
            if (failures.GetValueOrDefault(entry) >= options.SignInFailuresPerAddress) return windowEnd;
            Add(entry, 1);
            return null;
        }
    }

    /// <summary>Counts an attempt before it is checked, so that many at once cannot slip through.</summary>
    public void Count(string? name, IPAddress? address) => Add(name, address, 1);

    /// <summary>Takes an attempt back that turned out right.</summary>
    public void Forgive(string? name, IPAddress? address) => Add(name, address, -1);

    private static string NameEntry(string name) => "n:" + Secrets.Hash(PeopleStore.NameKey(name));

    private static string AddressEntry(IPAddress? address)
    {
        if (address is null) return "a:";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        // A household or office has a whole IPv6 /64 to choose from.
        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? "a:" + Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8))
            : "a:" + address;
    }

    private void Add(string? name, IPAddress? address, int by)
    {
        lock (sync)
        {
            Roll();
            if (name is not null) Add(NameEntry(name), by);
            Add(AddressEntry(address), by);
        }
    }

    private void Add(string entry, int by) => failures[entry] = Math.Max(0, failures.GetValueOrDefault(entry) + by);

    private double Share(KeyValuePair<string, int> entry) =>
        (double)entry.Value / (entry.Key[0] == 'n' ? options.SignInFailuresPerName : options.SignInFailuresPerAddress);

    private void Roll()
    {
        var now = time.GetUtcNow();
        if (now >= windowEnd)
        {
            failures.Clear();
            windowEnd = now.AddSeconds(options.SignInWindowSeconds);
        }
        else if (failures.Count >= MostEntries)
        {
            foreach (var entry in failures.OrderBy(Share).Take(MostEntries / 2).ToList()) failures.Remove(entry.Key);
        }
    }
}
