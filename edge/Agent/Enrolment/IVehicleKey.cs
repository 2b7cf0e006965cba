namespace ThreeOneOne.Field.Agent.Enrolment;

/// <summary>
/// The vehicle's private key, which never leaves what holds it: a file, or a TPM or PKCS#11 token of those that have one
/// (Decisions/0069). What is named by <see cref="File"/> is what the link gives to OpenSSL.
/// </summary>
public interface IVehicleKey
{
    /// <summary>PEM file by which OpenSSL finds the key.</summary>
    string File { get; }

    /// <summary>A certificate signing request, PEM, that proves the key.</summary>
    /// <param name="vehicle">Name in it; the hub takes only the public key.</param>
    string Request(string vehicle);
}
