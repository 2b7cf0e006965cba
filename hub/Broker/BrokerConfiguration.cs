using ThreeOneOne.Field.Hub.Enrolment;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Broker;

/// <summary>Writes mosquitto's configuration.</summary>
internal static class BrokerConfiguration
{
    // Somewhat longer messages than the wire allows still reach ingest, which keeps them aside where people see them.
    private const int MessageBytes = 2 * WireCodec.MaxEncodedBytes;

    public static string Write(BrokerOptions options, int port, string folder, CertificateAuthority authority) =>
        Write(options, port, folder, new BrokerFiles(authority.AuthorityFile, authority.ServerCertificateFile, authority.ServerKeyFile));

    /// <summary>The same for a broker elsewhere.</summary>
    public static string Write(BrokerOptions options, int port, string folder, BrokerFiles authority) =>
        $"""
        # Written by field-hub; changes are lost.
        listener {port} {options.Host}
        cafile {authority.AuthorityFile}
        certfile {authority.ServerCertificateFile}
        keyfile {authority.ServerKeyFile}
        crlfile {Path.Combine(folder, RulesFiles.Lists)}
        tls_version tlsv1.2
        require_certificate true
        # The certificate's CN is the user that the rules name, and the client id too: a session cannot be taken over.
        use_identity_as_username true
        use_username_as_clientid true
        allow_anonymous false
        acl_file {Path.Combine(folder, RulesFiles.Rules)}
        # Bounded and not zero: 0 means without limit for the queue, and in 2.0.11 disconnects at every refused publish.
        max_queued_messages {options.QueuedMessages}
        max_queued_bytes {options.QueuedBytes}
        max_inflight_messages {options.InFlight}
        message_size_limit {MessageBytes}
        persistent_client_expiration 7d
        # Delivery does not rest on this file; it spares vehicles the resending after an orderly restart.
        persistence true
        persistence_location {folder}/
        autosave_interval 600
        set_tcp_nodelay true
        log_dest stdout
        log_type error
        log_type warning
        log_type notice
        log_timestamp false

        """;
}
