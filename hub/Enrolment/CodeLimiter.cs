using System.Net;
using System.Net.Sockets;

namespace ThreeOneOne.Field.Hub.Enrolment;

/// <summary>
/// Counts wrong codes for each address, in fixed windows. An attempt counts before it is checked, so that many at once cannot
/// slip through. There is no limit for all addresses together: it would let a few of them close the door to everybody, and the
/// secret of 80 bits does not need it. Bounded: with too many addresses all windows start again together.
/// </summary>
internal sealed class CodeLimiter(EnrolmentOptions options, TimeProvider time)
{
    private const int MostAddresses = 20_000;
    private readonly Lock gate = new();
    private readonly Dictionary<string, int> wrong = new(StringComparer.Ordinal);
    private DateTimeOffset windowEnd;

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
                windowEnd = now.AddMinutes(options.WrongCodeMinutes);
            }

            var entry = Entry(address);
            var count = wrong.GetValueOrDefault(entry);
            if (count >= options.WrongCodesPerAddress) return windowEnd;
            wrong[entry] = count + 1;
            return null;
        }
    }

    /// <summary>Takes an attempt back that was right, or no guess.</summary>
    public void Forgive(IPAddress? address)
    {
        lock (gate)
        {
            var entry = Entry(address);
            if (wrong.GetValueOrDefault(entry) is not (> 0 and var count)) return;
            wrong[entry] = count - 1;
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
