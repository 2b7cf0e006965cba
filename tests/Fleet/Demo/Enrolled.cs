namespace ThreeOneOne.Field.Fleet.Demo;

/// <summary>How a vehicle reaches the hub's broker.</summary>
public sealed record Enrolled(string Host, int Port, string CaFile, string CertificateFile, string KeyFile);
