using System.Globalization;
using ThreeOneOne.Field.Link;

namespace ThreeOneOne.Field.Agent.Doctor;

/// <summary>The vehicle's certificate: readable with its key, of this vehicle, and valid now.</summary>
/// <param name="file">PEM; empty: none is configured.</param>
/// <param name="keyFile">PEM of its key.</param>
/// <param name="vehicle">Whose it must be.</param>
/// <param name="now">The time as far as the vehicle knows it.</param>
internal sealed class CertificateCheck(string file, string keyFile, string vehicle, Func<DateTimeOffset> now) : ICheck
{
    private static readonly TimeSpan Soon = TimeSpan.FromDays(14);

    public string Name => "certificate";

    public Task<Finding> LookAsync(CancellationToken stop) => Task.FromResult(Look());

    private Finding Look()
    {
        if (file.Length == 0) return new Finding(Name, CheckState.Skipped, "none is set");
        LinkCertificate read;
        try
        {
            if (!File.Exists(file)) return new Finding(Name, CheckState.Wrong, $"{file} is not there", "enrol the vehicle with a code of the hub");
            read = LinkCertificate.Read(file, keyFile);
        }
        catch (InvalidDataException e)
        {
            return new Finding(Name, CheckState.Wrong, $"{file} with {keyFile}: {e.Message}", "chown field-agent: both, or enrol the vehicle again: its records stay");
        }

        var until = read.Ends.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return read.Name != vehicle ? new Finding(Name, CheckState.Wrong, $"it is of {read.Name}, and this vehicle is {vehicle}", "set Vehicle:Id to the certificate's name, or enrol the vehicle with its own code")
            : read.Ends <= now() ? new Finding(Name, CheckState.Wrong, $"it ended on {until}", "let the vehicle reach the hub's door, which renews it; after the grace enrol it with a new code")
            : read.Begins > now() ? new Finding(Name, CheckState.Wrong, $"it begins on {read.Begins.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}: the clock is behind", "mend the clock first")
            : read.Ends - now() < Soon ? new Finding(Name, CheckState.Note, $"it ends on {until}", "let the vehicle reach the hub's door, which renews it")
            : new Finding(Name, CheckState.Ok, $"of {read.Name}, until {until}");
    }
}
