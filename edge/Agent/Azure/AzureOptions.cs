using System.ComponentModel.DataAnnotations;
using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Settings;

namespace ThreeOneOne.Field.Agent.Azure;

/// <summary>
/// The city's Azure IoT Hub, where <c>Link:Kind</c> is <c>Azure</c>. The device there has the vehicle's id. It proves itself by the key of
/// <see cref="SasKeyFile"/>, or without one by the certificate of <c>Link:CertificateFile</c>. Settings section <c>Azure</c>.
/// </summary>
[LocalOnly]
public sealed class AzureOptions
{
    /// <summary>Full host name: <c>city.azure-devices.net</c>.</summary>
    public string Host { get; set; } = "";

    [Range(1, 65535)]
    public int Port { get; set; } = 8883;

    /// <summary>PEM of the authorities that may sign the IoT Hub's certificate; today that is DigiCert Global Root G2.</summary>
    [Required]
    public string CaFile { get; set; } = "/etc/ssl/certs/ca-certificates.crt";

    /// <summary>File with the device's symmetric key in base64 and nothing else, readable by the agent's user only. Empty: X.509.</summary>
    public string SasKeyFile { get; set; } = "";

    /// <summary>Life of a token, minutes; the session is made anew after 75 to 85 % of it.</summary>
    [Range(0.05, 1440)]
    public double TokenMinutes { get; set; } = 60;

    /// <summary>Longest silence, seconds; IoT Hub allows at most 1177.</summary>
    [Range(5, 1177)]
    public int KeepAliveSeconds { get; set; } = 240;

    /// <summary>
    /// Shortest time between two live positions, seconds, instead of <c>Uplink:LiveIntervalMs</c> where that is shorter: IoT Hub meters
    /// every message as at least 4 KB. Ten seconds are 2,880 messages in a shift of eight hours.
    /// </summary>
    [Range(0.05, 60)]
    public double LiveSeconds { get; set; } = 10;

    /// <summary>Shortest time between two statuses while only counts change, seconds, instead of <c>Uplink:StatusSeconds</c> where that is shorter.</summary>
    [Range(0.1, 600)]
    public double StatusSeconds { get; set; } = 60;

    /// <summary>What is wrong with the section and with the certificate beside it.</summary>
    /// <param name="certificate">File of the vehicle's certificate, when there is no key.</param>
    /// <param name="key">File of its private key.</param>
    /// <param name="vehicle">Id that the certificate must name.</param>
    internal IEnumerable<(string Key, string Value, string Expected)> Check(string certificate, string key, string vehicle)
    {
        if (Host.Length == 0 || Uri.CheckHostName(Host) != UriHostNameType.Dns) yield return ("Azure:Host", Host, "the IoT Hub's full host name, because Link:Kind is Azure");
        if (!File.Exists(CaFile)) yield return ("Azure:CaFile", CaFile, "a file that exists");
        if (SasKeyFile.Length > 0)
        {
            if (Wrong(() => _ = SasToken.ReadKey(SasKeyFile)) is { } wrong) yield return ("Azure:SasKeyFile", SasKeyFile, $"the device's key; {wrong}");
            yield break;
        }

        string? name = null;
        if (certificate.Length == 0) yield return ("Azure:SasKeyFile", "", "a file, or a certificate in Link:CertificateFile and Link:KeyFile");
        else if (Wrong(() => name = LinkCertificate.Read(certificate, key).Name) is { } fault) yield return ("Link:CertificateFile", certificate, $"the certificate of this vehicle with its key; {fault}");
        else if (name != vehicle) yield return ("Link:CertificateFile", certificate, $"the certificate of {vehicle}; this one names {name}");
    }

    private static string? Wrong(Action read)
    {
        try
        {
            read();
            return null;
        }
        catch (Exception e) when (e is InvalidDataException or FormatException or IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
    }
}
