namespace ThreeOneOne.Field.Hub.Broker;

/// <summary>Where a broker finds its certificates.</summary>
internal sealed record BrokerFiles(string AuthorityFile, string ServerCertificateFile, string ServerKeyFile);
