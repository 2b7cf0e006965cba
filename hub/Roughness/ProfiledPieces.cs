using System.Globalization;
using ThreeOneOne.Field.Hub.Streets;

namespace ThreeOneOne.Field.Hub.Roughness;

/// <summary>Pieces whose International Roughness Index a profiler measured: CSV <c>segment,piece,direction,iri_m_per_km</c>.</summary>
public static class ProfiledPieces
{
    private const string Head = "segment,piece,direction,iri_m_per_km";
    private const double Most = 100;

    /// <exception cref="InvalidDataException">A line cannot be used; the message says which and why.</exception>
    public static IReadOnlyDictionary<Piece, double> Load(RoughnessOptions options, StreetMap streets)
    {
        if (options.ProfiledFile.Length == 0) return new Dictionary<Piece, double>();
        try
        {
            return Read(options.ProfiledFile, File.ReadLines(options.ProfiledFile), streets, new PieceMap(streets, options));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException(
                $"Roughness:ProfiledFile {options.ProfiledFile} cannot be read: {e.Message} Let the hub's user read it, or leave the setting empty to do without a profiler", e);
        }
    }

    internal static IReadOnlyDictionary<Piece, double> Read(string name, IEnumerable<string> lines, StreetMap streets, PieceMap map)
    {
        var found = new Dictionary<Piece, double>();
        var number = 0;
        foreach (var line in lines)
        {
            number++;
            if (number == 1 && line.Trim() != Head) throw Bad($"the first line is '{Short(line)}'; make it '{Head}'");
            if (number == 1 || line.Trim().Length == 0) continue;
            var cells = line.Split(',', StringSplitOptions.TrimEntries);
            if (cells.Length != 4) throw Bad($"{cells.Length} columns instead of four ({Head}); decimals are written with a point");
            if (streets.Segment(cells[0]) is not { } segment) throw Bad($"no street segment has the id '{Short(cells[0])}': take ids from the street map that the hub has loaded (/api/coverage/segments), or load the map that the file was made for");
            if (!int.TryParse(cells[1], NumberStyles.None, CultureInfo.InvariantCulture, out var index) || index >= map.Count(segment))
                throw Bad($"piece '{Short(cells[1])}': this segment of {Length(segment)} m has the pieces 0 to {map.Count(segment) - 1}, counted from its first point (Roughness:PieceM)");
            if (cells[2] is not ("along" or "against")) throw Bad($"direction '{Short(cells[2])}': write along (as the segment is drawn) or against");
            if (!double.TryParse(cells[3], NumberStyles.Float, CultureInfo.InvariantCulture, out var iri) || !(iri is > 0 and < Most))
                throw Bad($"iri_m_per_km '{Short(cells[3])}': write m/km as a number above 0 and below {Most}, with a decimal point");
            if (!found.TryAdd(new Piece(segment.Id, index, cells[2] == "along"), iri)) throw Bad($"piece {index} {cells[2]} of '{segment.Id}' is there twice; keep one line, with the mean if it was measured twice");
        }

        return found;

        static string Length(StreetSegment segment) => segment.LengthM.ToString("0", CultureInfo.InvariantCulture);

        static string Short(string text) => text.Length > 60 ? text[..60] + "…" : text;

        InvalidDataException Bad(string why) => new($"{name}, line {number}: {why}");
    }
}
