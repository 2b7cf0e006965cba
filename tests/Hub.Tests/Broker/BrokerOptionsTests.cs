using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Net.Sockets;
using ThreeOneOne.Field.Hub.Broker;
using ThreeOneOne.Field.Hub.Enrolment;
using ThreeOneOne.Field.Support;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.Broker;

public sealed class BrokerOptionsTests
{
    [Fact]
    public void An_external_broker_needs_a_port_and_three_files_and_all_that_is_missing_is_said_at_once()
    {
        var options = new BrokerOptions { Kind = BrokerKind.External, Host = "mqtt.example.gov", KeyFile = "/none/hub.key" };
        var faults = options.Validate(new ValidationContext(options)).SelectMany(f => f.MemberNames);
        Assert.Equal(["Port", "CaFile", "CertificateFile", "KeyFile"], faults);
    }

    [Fact]
    public void The_embedded_broker_needs_no_setting() => Assert.Empty(new BrokerOptions().Validate(new ValidationContext(new BrokerOptions())));

    [Fact]
    public void The_port_of_the_last_run_is_kept_while_it_is_free()
    {
        var port = FreePort.Next();
        Assert.Equal(port, BrokerPort.Choose(new BrokerOptions(), port));

        using var other = new TcpListener(IPAddress.Loopback, port);
        other.Start();
        Assert.NotEqual(port, BrokerPort.Choose(new BrokerOptions(), port));
    }

    [Fact]
    public void A_host_that_is_no_address_of_this_machine_is_named()
    {
        var e = Assert.Throws<InvalidOperationException>(() => BrokerPort.Choose(new BrokerOptions { Host = "192.0.2.1" }, null));
        Assert.Contains("192.0.2.1", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_configuration_asks_for_certificates_bounds_every_queue_and_lets_a_little_more_through_than_the_wire()
    {
        var folder = Directory.CreateTempSubdirectory("field-conf-").FullName;
        using var authority = CertificateAuthority.Open(folder, new EnrolmentOptions(), TimeProvider.System);
        var lines = BrokerConfiguration.Write(new BrokerOptions(), 12_345, "/data/broker", authority).Split('\n');
        Directory.Delete(folder, recursive: true);

        foreach (var line in new[]
        {
            "listener 12345 127.0.0.1", "require_certificate true", "use_identity_as_username true", "use_username_as_clientid true", "allow_anonymous false",
            "acl_file /data/broker/acl", "max_queued_messages 100000", "max_queued_bytes 512000000", "max_inflight_messages 2000",
            $"message_size_limit {2 * WireCodec.MaxEncodedBytes}",
        })
            Assert.Contains(line, lines);
    }
}
