using System.Globalization;
using System.IO.Compression;
using System.Text;
using ThreeOneOne.Field.Fleet.City;

namespace ThreeOneOne.Field.Fleet.Recordings;

/// <summary><c>field-fleet rebuild-lux-drive --log LOG1.csv --city DIR --out DIR</c>: writes the drive that the demo plays.</summary>
public static class RebuildLuxDrive
{
    public const string Nmea = "lux-drive.nmea.gz";
    public const string Lux = "lux-drive.csv.gz";

    public static int Run(Arguments arguments, TextWriter output)
    {
        var log = arguments.Text("log");
        var folder = arguments.Text("out");
        var city = CityMap.Load(arguments.Text("city"));
        // Any winter night will do: the agent moves the whole drive in time.
        var start = new DateTimeOffset(2014, 11, 5, 1, 0, 0, TimeSpan.Zero);
        var drive = LuxDrive.Rebuild(city, LuxLog.Read(File.ReadAllText(log)), start, arguments.Number("seed", 311));
        if (drive.Readings == 0) throw new InvalidDataException($"{log}: no reading lies on a street of the city");
        Directory.CreateDirectory(folder);
        Write(Path.Combine(folder, Nmea), drive.Nmea);
        Write(Path.Combine(folder, Lux), drive.Lux);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{drive.LengthM / 1000:0.0} km, {drive.Duration.TotalMinutes:0} minutes, {drive.Readings} lux readings played"));
        return 0;
    }

    private static void Write(string path, string text)
    {
        using var file = File.Create(path);
        using var zip = new GZipStream(file, CompressionLevel.SmallestSize);
        zip.Write(Encoding.ASCII.GetBytes(text));
    }
}
