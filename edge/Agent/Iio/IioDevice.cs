using System.Globalization;

namespace ThreeOneOne.Field.Agent.Iio;

/// <summary>One sensor's (or trigger's) folder in sysfs: each file one value.</summary>
/// <param name="Folder">Its folder.</param>
/// <param name="Node">Its character device.</param>
internal sealed record IioDevice(string Folder, string Node)
{
    public bool IsThere => Directory.Exists(Folder);

    public bool Has(string file) => File.Exists(Path.Combine(Folder, file));

    /// <returns>The file's text without its end of line; null when it is not there or cannot be read.</returns>
    public string? Text(string file)
    {
        try
        {
            return File.ReadAllText(Path.Combine(Folder, file)).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>What a technician is told when the kernel shows a sensor that does not answer its driver.</summary>
    public static string Silent(string path, IOException why) => $"{path} cannot be read ({why.Message}): the kernel shows the sensor and it does not answer, so a wire is loose or it has no power";

    /// <returns>Why a file gives no number; null when it gives one.</returns>
    public string? Fault(string file)
    {
        var path = Path.Combine(Folder, file);
        try
        {
            return double.TryParse(File.ReadAllText(path), NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? null : $"{path} says no number";
        }
        catch (UnauthorizedAccessException)
        {
            return $"{path} may not be read: are the udev rules installed, and the user in their group?";
        }
        catch (IOException e)
        {
            return Silent(path, e);
        }
    }

    public double? Number(string file) => double.TryParse(Text(file), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;

    /// <summary>The number in the first of these files that there is: a driver that has one and cannot say it now must not be taken for one without.</summary>
    /// <exception cref="IioException">It is there and says no number.</exception>
    public double Factor(double without, params ReadOnlySpan<string> files)
    {
        foreach (var file in files)
        {
            if (Has(file)) return Number(file) ?? throw new IioException($"{Path.Combine(Folder, file)} says no number: the sensor is not set up, or its wire is loose");
        }

        return without;
    }

    /// <exception cref="IioException">The kernel refuses it; says what and why.</exception>
    public void Write(string file, string value)
    {
        try
        {
            // A value of sysfs must come in one write, and nothing may be made that is not there.
            using var stream = new FileStream(Path.Combine(Folder, file), FileMode.Open, FileAccess.Write, FileShare.ReadWrite, 0);
            stream.Write(System.Text.Encoding.ASCII.GetBytes(value));
        }
        catch (UnauthorizedAccessException)
        {
            throw new IioException($"{Path.Combine(Folder, file)} may not be written: are the udev rules installed, and the user in their group?");
        }
        catch (IOException e)
        {
            throw new IioException($"{Path.Combine(Folder, file)} does not take '{value}': {e.Message}");
        }
    }

    /// <summary>Sets how often the sensor measures: as asked, or the nearest rate above that it has, or its fastest.</summary>
    /// <returns>The rate that it took, Hz; null when it has no setting.</returns>
    public double? SetRate(double wantedHz, params ReadOnlySpan<string> files)
    {
        foreach (var file in files)
        {
            if (!Has(file)) continue;
            var offered = Rates(Text(file + "_available"));
            var rate = offered.Count == 0 ? wantedHz : offered.Where(r => r >= wantedHz).DefaultIfEmpty(offered.Max()).Min();
            if (Number(file) is not { } current || Math.Abs(current - rate) > 1e-6 * rate) Write(file, rate.ToString("0.######", CultureInfo.InvariantCulture));
            return Number(file) ?? rate;
        }

        return null;
    }

    // "12.5 26 52", or "[min step max]" where any rate between will do.
    private static List<double> Rates(string? text) =>
        text is null || text.StartsWith('[')
            ? []
            : [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(t => double.TryParse(t, NumberStyles.Float, CultureInfo.InvariantCulture, out var rate) ? rate : 0).Where(r => r > 0)];
}
