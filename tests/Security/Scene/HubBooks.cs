using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Data.Sqlite;

namespace ThreeOneOne.Field.Security.Scene;

/// <summary>The hub's database, for what in a city only months bring about: codes and certificates that have grown old.</summary>
/// <param name="file">hub.db of the running hub.</param>
public sealed class HubBooks(string file)
{
    /// <summary>A code was given out so much longer ago.</summary>
    /// <param name="hash">Of its secret.</param>
    /// <returns>Rows that changed: one, or the hub does not know the code.</returns>
    public int AgeCode(string hash, TimeSpan by) => Execute(
        "UPDATE enrolment_codes SET created_ms=created_ms-@by, expires_ms=expires_ms-@by WHERE hash=@hash", ("@by", (long)by.TotalMilliseconds), ("@hash", hash));

    /// <summary>The hub gave this certificate to a vehicle, whenever it says that it did.</summary>
    public void AddCertificate(string vehicle, X509Certificate2 certificate) => Execute(
        "INSERT INTO certificates (serial, vehicle, issued_ms, not_after_ms, issued_by, key_hash, pem) VALUES (@serial, @vehicle, @from, @until, 'code', @key, @pem)",
        ("@serial", certificate.SerialNumber), ("@vehicle", vehicle), ("@from", Ms(certificate.NotBefore)), ("@until", Ms(certificate.NotAfter)),
        ("@key", Convert.ToHexStringLower(SHA256.HashData(certificate.PublicKey.ExportSubjectPublicKeyInfo()))), ("@pem", certificate.ExportCertificatePem()));

    private static long Ms(DateTime local) => new DateTimeOffset(local).ToUnixTimeMilliseconds();

    private int Execute(string sql, params (string Name, object Value)[] values)
    {
        using var connection = new SqliteConnection($"Data Source={file};Default Timeout=30");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values) command.Parameters.AddWithValue(name, value);
        return command.ExecuteNonQuery();
    }
}
