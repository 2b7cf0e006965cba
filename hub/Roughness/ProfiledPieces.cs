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
        catch (IOException e)
        {
            throw new InvalidDataException($"Roughness:ProfiledFile {options.ProfiledFile}: {e.Message}", e);
        }
    }

    internal static IReadOnlyDictionary<Piece, double> Read(string name, IEnumerable<string> lines, StreetMap streets, PieceMap map)
    {
        var found = new Dictionary<Piece, double>();
        var number = 0;
        foreach (var line in lines)
        {
            number++;
            if (number == 1 && line.Trim() != Head) throw Bad($"the first line must be '{Head}'");
            if (number == 1 || line.Trim().Length == 0) continue;
            var cells = line.Split(',', StringSplitOptions.TrimEntries);
            if (cells.Length != 4) throw Bad("expected four columns");
            if (streets.Segment(cells[0]) is not { } segment) throw Bad($"no street segment has the id '{cells[0]}'");
            if (!int.TryParse(cells[1], NumberStyles.None, CultureInfo.InvariantCulture, out var index) || index >= map.Count(segment))
                throw Bad($"piece '{cells[1]}': expected 0 to {map.Count(segment) - 1}");
            if (cells[2] is not ("along" or "against")) throw Bad($"direction '{cells[2]}': expected along or against");
            if (!double.TryParse(cells[3], NumberStyles.Float, CultureInfo.InvariantCulture, out var iri) || !(iri is > 0 and < Most))
                throw Bad($"iri_m_per_km '{cells[3]}': expected a number above 0 and below {Most}");
            if (!found.TryAdd(new Piece(segment.Id, index, cells[2] == "along"), iri)) throw Bad("the piece is there twice");
        }

        return found;

        InvalidDataException Bad(string why) => new($"{name}, line {number}: {why}");
    }
}
