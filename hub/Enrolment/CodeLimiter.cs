using System.Net;
using System.Net.Sockets;

namespace ThreeOneOne.Field.Hub.Enrolment;

/// <summary>
/// Counts wrong codes for each address and in all, in fixed windows. An attempt counts before it is checked, so that many at
/// once cannot slip through. Bounded: with too many addresses all windows start again together.
/// </summary>
internal sealed class CodeLimiter(EnrolmentOptions options, TimeProvider time)
{
    private const int MostAddresses = 20_000;
    private readonly Lock gate = new();
    private readonly Dictionary<string, int> wrong = new(StringComparer.Ordinal);
    private DateTimeOffset windowEnd;
    private int all;

    /// <summary>Counts an attempt.</summary>
    /// <returns>When to try again; null when the code may be looked at.</returns>
    public DateTimeOffset? Count(IPAddress? address)
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            if (now >= windowEnd || wrong.Count >= MostAddresses)
            {
                wrong.Clear();
                all = 0;
                windowEnd = now.AddMinutes(options.WrongCodeMinutes);
            }

            var entry = Entry(address);
            var count = wrong.GetValueOrDefault(entry);
            if (count >= options.WrongCodesPerAddress || all >= options.WrongCodes) return windowEnd;
            wrong[entry] = count + 1;
            all++;
            return null;
        }
    }

    /// <summary>Takes an attempt back that was right.</summary>
    public void Forgive(IPAddress? address)
    {
        lock (gate)
        {
            var entry = Entry(address);
            if (wrong.GetValueOrDefault(entry) is not (> 0 and var count)) return;
            wrong[entry] = count - 1;
            all--;
        }
    }

    private static string Entry(IPAddress? address)
    {
        if (address is null) return "";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        // Whoever has one IPv6 address has a whole /64 of them.
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)) : address.ToString();
    }
}
