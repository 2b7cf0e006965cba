using System.ComponentModel.DataAnnotations;
using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Settings;

namespace ThreeOneOne.Field.Agent;

/// <summary>How to reach the hub's broker. Settings section <c>Link</c>.</summary>
[LocalOnly]
public sealed class LinkSettings : IValidatableObject
{
    /// <summary>Broker, or Azure for the city's IoT Hub, of which section <c>Azure</c> says more.</summary>
    public LinkKind Kind { get; set; }

    /// <summary>The broker. Empty: what the vehicle's identity says, with the three files. Not used with Azure.</summary>
    public string Host { get; set; } = "";

    [Range(1, 65535)]
    public int Port { get; set; } = 8883;

    /// <summary>PEM of the authority that signed the broker's certificate. Empty with the two below: plain TCP, loopback only.</summary>
    public string CaFile { get; set; } = "";

    /// <summary>PEM of this vehicle's certificate.</summary>
    public string CertificateFile { get; set; } = "";

    /// <summary>PEM of this vehicle's private key.</summary>
    public string KeyFile { get; set; } = "";

    /// <summary>PEM of the public keys that sign this vehicle's device profiles. Empty, or no such file: none is taken.</summary>
    public string ProfileKeysFile { get; set; } = "";

    public MqttProtocol Protocol { get; set; } = MqttProtocol.V5;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var azure = Kind == LinkKind.Azure;
        string[] names = azure ? [nameof(CertificateFile), nameof(KeyFile)] : [nameof(CaFile), nameof(CertificateFile), nameof(KeyFile)];
        string[] files = azure ? [CertificateFile, KeyFile] : [CaFile, CertificateFile, KeyFile];
        for (var i = 0; i < files.Length; i++)
        {
            if (files[i].Length > 0 && !File.Exists(files[i])) yield return new ValidationResult("a file that exists", [names[i]]);
            if (files[i].Length == 0 && files.Any(f => f.Length > 0)) yield return new ValidationResult(azure ? "set when the other one is" : "set when one of the three files is", [names[i]]);
        }

        if (azure) yield break;
        if (Host.Length == 0 && files.Any(f => f.Length > 0)) yield return new ValidationResult("set when one of the three files is", [nameof(Host)]);
        if (files.All(f => f.Length == 0) && Host is not ("" or "127.0.0.1" or "localhost" or "::1"))
            yield return new ValidationResult("set, unless Host is this machine", [nameof(CaFile)]);
    }
}
