using System.Security.Cryptography;
using System.Text;

namespace ThreeOneOne.Field.Wire;

/// <summary>A danger as every vehicle is told of it: never by whom.</summary>
/// <param name="Id">The hub's own id, which names neither crew nor vehicle.</param>
/// <param name="Kind">One of <see cref="HazardKind.All"/>, or a word of a newer hub.</param>
/// <param name="At">Where.</param>
/// <param name="Since">When it was last seen, UTC.</param>
/// <param name="Until">When it counts no longer, UTC: a vehicle without signal forgets it by itself.</param>
public sealed record HazardCopy(string Id, string Kind, GeoPoint At, DateTimeOffset Since, DateTimeOffset Until)
{
    /// <summary>The id under which the hub keeps what an action reported, so that the vehicle knows its own report again.</summary>
    public static string IdOf(string action) => "hz-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(action)).AsSpan(0, 8));
}
