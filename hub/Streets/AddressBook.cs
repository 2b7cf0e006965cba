using System.Text.RegularExpressions;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Streets;

/// <summary>
/// Finds a place by what people call it, from the city's own centre-lines: "125 Inman St", "inman and hampshire", "mass ave".
/// It asks nobody outside. Immutable, so any thread may ask.
/// </summary>
public sealed partial class AddressBook
{
    // From the centre-line to the houses.
    private const double AsideM = 7;
    private const double FromCornerM = 12;
    // Nodes of one crossing, where a road has two carriageways.
    private const double SameCrossingM = 40;
    // A number farther than this from those of the street is a mistake.
    private const int NearestNumber = 60;

    private readonly StreetMap map;
    private readonly Street[] streets;
    private readonly Dictionary<int, Node> nodes = [];

    public AddressBook(StreetMap map)
    {
        this.map = map;
        streets =
        [
            // What fits as well as another is rather meant when it is the longer street.
            .. map.All.GroupBy(s => s.Street, StringComparer.Ordinal).OrderByDescending(g => g.Sum(s => s.LengthM)).ThenBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => new Street(g.Key, StreetWords.Of(g.Key), [.. g.OrderBy(s => s.Id, StringComparer.Ordinal)])),
        ];
        foreach (var street in streets)
        {
            foreach (var segment in street.Segments)
            {
                Meet(segment.FromNode, segment.Points[0], street);
                Meet(segment.ToNode, segment.Points[^1], street);
            }
        }
    }

    /// <summary>The best first; empty when nothing of the city is called so.</summary>
    public IReadOnlyList<FoundPlace> Find(string text, int most)
    {
        // What follows a comma is the town and its code, unless nothing was found before it.
        var found = Ranked(text.Split(',')[0], most);
        return found.Count > 0 ? found : Ranked(text, most);
    }

    private List<FoundPlace> Ranked(string text, int most)
    {
        var found = Named(text, slips: false);
        if (found.Count == 0) found = Named(text, slips: true);
        var kept = new List<FoundPlace>();
        foreach (var place in found.OrderBy(f => f.Rank))
        {
            if (kept.Count == most) break;
            if (!kept.Exists(k => k.Kind == place.Kind && k.Text == place.Text && (place.Kind != "intersection" || k.At.DistanceMTo(place.At) < SameCrossingM))) kept.Add(place);
        }

        return kept;
    }

    private List<FoundPlace> Named(string text, bool slips)
    {
        if (Crossing().Split(Corner().Replace(text, ""), 2) is [var one, var other]) return Intersections(StreetWords.Of(one), StreetWords.Of(other), 0, slips);
        var words = StreetWords.Of(text);
        if (words.Length > 1 && HouseNumber().Match(words[0]) is { Success: true } number)
            return Numbered(int.Parse(number.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture), words[1..], slips);
        var matches = Match(words, slips);
        var found = matches.ConvertAll(m => OfStreet(m.Street, m.Rank, exact: true));
        if (matches.Count > 0 && matches.Min(m => m.Rank) < Beyond) return found;
        // Two names, and nothing between them.
        for (var i = 1; i < words.Length; i++) found.AddRange(Intersections(words[..i], words[i..], 1, slips));
        return found;
    }

    private List<FoundPlace> Numbered(int number, string[] name, bool slips)
    {
        var found = new List<FoundPlace>();
        foreach (var (street, rank) in Match(name, slips))
        {
            var sides = street.Segments.SelectMany(s => new[] { (Segment: s, Numbers: s.Left, Left: true), (Segment: s, Numbers: s.Right, Left: false) })
                .Where(s => s.Numbers is not null && (s.Numbers.Value.From - number) % 2 == 0)
                .Select(s => (s.Segment, Numbers: s.Numbers!.Value, s.Left, Off: s.Numbers!.Value.DistanceTo(number))).ToList();
            if (sides.Count == 0 || sides.Min(s => s.Off) > NearestNumber)
            {
                found.Add(OfStreet(street, rank + Beyond, exact: false));
                continue;
            }

            var best = sides.MinBy(s => s.Off);
            var shown = best.Numbers.Nearest(number);
            found.Add(new FoundPlace(
                "address", $"{shown} {street.Name}", map.Between(best.Segment), Beside(best.Segment, best.Numbers.ShareOf(shown), best.Left),
                best.Off == 0, best.Segment.Id, rank + (best.Off == 0 ? 0 : 2)));
        }

        return found;
    }

    private List<FoundPlace> Intersections(string[] one, string[] other, int extra, bool slips)
    {
        var found = new List<FoundPlace>();
        if (one.Length == 0) return found;
        var crossing = other.Length == 0 ? null : Match(other, slips).ToDictionary(m => m.Street, m => m.Rank);
        foreach (var (street, rank) in Match(one, slips))
        {
            foreach (var node in street.Nodes)
            {
                foreach (var across in node.Streets)
                {
                    var more = 0;
                    if (across == street || (crossing is not null && !crossing.TryGetValue(across, out more))) continue;
                    // In the order in which cities write them.
                    var text = string.CompareOrdinal(street.Name, across.Name) < 0 ? $"{street.Name} & {across.Name}" : $"{across.Name} & {street.Name}";
                    found.Add(new FoundPlace("intersection", text, null, node.At, true, null, rank + more + extra));
                }
            }
        }

        return found;
    }

    private FoundPlace OfStreet(Street street, int rank, bool exact)
    {
        var (lat, lon) = (street.Segments.Average(s => s.At(0.5).Latitude), street.Segments.Average(s => s.At(0.5).Longitude));
        var middle = street.Segments.MinBy(s => s.At(0.5).DistanceMTo(new GeoPoint(lat, lon)))!;
        return new FoundPlace("street", street.Name, street.Segments.Length == 1 ? map.Between(middle) : null, middle.At(0.5), exact, middle.Id, rank + 1);
    }

    // Words of the query after a whole name: perhaps the town, perhaps another street.
    private const int Beyond = 8;

    private List<(Street Street, int Rank)> Match(string[] typed, bool slips)
    {
        var found = new List<(Street Street, int Rank)>();
        if (typed.Length == 0) return found;
        foreach (var street in streets)
        {
            if (RankOf(street.Words, typed, slips) is { } rank) found.Add((street, rank));
        }

        return found;
    }

    /// <summary>How well words name a street; null when they do not.</summary>
    private static int? RankOf(string[] name, string[] typed, bool slips)
    {
        int? best = null;
        for (var start = 0; start < name.Length; start++)
        {
            // "Auburn St" is in Mt Auburn St, but "St" alone is no street's name.
            if (start > 0 && StreetWords.IsType(name[start])) break;
            var (i, j, rank) = (0, start, start == 0 ? 0 : 3);
            for (; i < typed.Length && j < name.Length; i++, j++)
            {
                if (name[j] == typed[i]) continue;
                if (StreetWords.Begins(name[j], typed[i])) rank += 1;
                else if (slips && StreetWords.IsSlip(name[j], typed[i])) rank += 4;
                else break;
            }

            if (i < typed.Length)
            {
                var whole = j >= name.Length || (j > start && j == name.Length - 1 && StreetWords.IsType(name[j]));
                if (!whole || rank > 0) continue;
                rank = Beyond + typed.Length - i;
            }
            else if (name.Length - j > 1 || (j < name.Length && !StreetWords.IsType(name[j])))
            {
                // More of the name is to come.
                rank += 1;
            }

            best = Math.Min(best ?? int.MaxValue, rank);
        }

        return best;
    }

    private void Meet(int? id, GeoPoint at, Street street)
    {
        if (id is not { } known) return;
        if (!nodes.TryGetValue(known, out var node)) nodes[known] = node = new Node(at, []);
        if (node.Streets.Contains(street)) return;
        node.Streets.Add(street);
        street.Nodes.Add(node);
    }

    private static GeoPoint Beside(StreetSegment segment, double share, bool left)
    {
        // The first and the last house do not stand on the crossing.
        var margin = Math.Min(0.5, FromCornerM / Math.Max(1, segment.LengthM));
        share = Math.Clamp(share, margin, 1 - margin);
        var at = segment.At(share);
        var (east, north) = segment.At(Math.Max(0, share - 0.01)).OffsetMTo(segment.At(Math.Min(1, share + 0.01)));
        var length = Math.Sqrt(east * east + north * north);
        return length == 0 ? at : left ? at.MovedByM(-north / length * AsideM, east / length * AsideM) : at.MovedByM(north / length * AsideM, -east / length * AsideM);
    }

    [GeneratedRegex(@"\s*(?:&|/|@|\band\b|\bat\b)\s*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Crossing();

    [GeneratedRegex(@"^\s*(?:the\s+)?corner\s+(?:of\s+)?", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Corner();

    [GeneratedRegex("^([1-9][0-9]{0,4})[a-z]?$")]
    private static partial Regex HouseNumber();

    private sealed record Node(GeoPoint At, List<Street> Streets);

    private sealed class Street(string name, string[] words, StreetSegment[] segments)
    {
        public string Name => name;

        public string[] Words => words;

        public StreetSegment[] Segments => segments;

        public List<Node> Nodes { get; } = [];
    }
}
