using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Support;
using static ThreeOneOne.Field.Edge.Tests.Link.LinkTest;

namespace ThreeOneOne.Field.Edge.Tests.Link;

public sealed class MqttPublisherTests
{
    [Theory]
    [InlineData(MqttProtocol.V5)]
    [InlineData(MqttProtocol.V311)]
    public async Task A_message_reaches_a_subscriber_with_both_versions_of_the_protocol(MqttProtocol protocol)
    {
        await using var broker = await MosquittoServer.StartAsync();
        await using var sender = await ConnectAsync(Options(broker.Port, "sender") with { Protocol = protocol });
        await using var receiver = await ConnectAsync(Options(broker.Port, "receiver") with { Protocol = protocol, Subscriptions = ["a/+", "b/#"] });

        Assert.Equal(DeliveryResult.Accepted, await sender.PublishAsync("a/1", Bytes("live"), Qos.AtMostOnce, false, default));
        Assert.Equal(DeliveryResult.Accepted, await sender.PublishAsync("b/x/y", Bytes("durable"), Qos.AtLeastOnce, false, default));

        Assert.Equal("live", Text(await FirstAsync(receiver.Messages(default), m => m.Topic == "a/1")));
        Assert.Equal("durable", Text(await FirstAsync(receiver.Messages(default), m => m.Topic == "b/x/y")));
    }

    [Fact]
    public async Task A_topic_that_the_rules_forbid_is_refused_and_the_session_goes_on()
    {
        await using var broker = await MosquittoServer.StartAsync(
            ["allow_anonymous true", "acl_file {folder}/acl"], new Dictionary<string, string> { ["acl"] = "topic readwrite allowed/#\n" });
        await using var link = await ConnectAsync(Options(broker.Port));

        Assert.Equal(DeliveryResult.Refused, await link.PublishAsync("forbidden", Bytes("x"), Qos.AtLeastOnce, false, default));
        Assert.Equal(DeliveryResult.Accepted, await link.PublishAsync("allowed/x", Bytes("x"), Qos.AtLeastOnce, false, default));
        Assert.True(link.IsConnected);
    }

    [Fact]
    public async Task Without_a_broker_a_publish_says_so_at_once_and_the_reason_is_reported()
    {
        await using var link = MqttPublisher.Start(Options(FreePort.Next()), TimeProvider.System);

        Assert.Equal(DeliveryResult.NotConnected, await link.PublishAsync("a", Bytes("x"), Qos.AtLeastOnce, false, default));
        var change = await FirstAsync(link.Events(default), _ => true);
        Assert.False(change.Connected);
        Assert.Equal("Connection refused", change.Reason);
    }

    [Fact]
    public async Task The_session_comes_back_with_its_subscriptions_after_the_broker_was_killed()
    {
        await using var broker = await MosquittoServer.StartAsync();
        await using var link = await ConnectAsync(Options(broker.Port) with { Subscriptions = ["a"] });

        await broker.KillAsync();
        await Eventually.TrueAsync(() => !link.IsConnected, "the loss is seen");
        Assert.Equal(DeliveryResult.NotConnected, await link.PublishAsync("a", Bytes("lost"), Qos.AtLeastOnce, false, default));
        await broker.StartAgainAsync();
        await Eventually.TrueAsync(() => link.IsConnected, "the session is back");

        Assert.Equal(DeliveryResult.Accepted, await link.PublishAsync("a", Bytes("back"), Qos.AtLeastOnce, false, default));
        Assert.Equal("back", Text(await FirstAsync(link.Messages(default), _ => true)));
    }

    [Fact]
    public async Task What_waits_for_an_answer_when_the_broker_dies_is_not_connected()
    {
        await using var silent = new SilentBroker();
        await using var link = await ConnectAsync(Options(silent.Port));

        var answer = link.PublishAsync("a", Bytes("x"), Qos.AtLeastOnce, false, default).AsTask();
        await Eventually.TrueAsync(() => silent.HasPublish, "the publish is on the way");
        silent.HangUp();

        Assert.Equal(DeliveryResult.NotConnected, await answer);
    }

    [Fact]
    public async Task A_publish_without_an_answer_times_out()
    {
        await using var silent = new SilentBroker();
        await using var link = await ConnectAsync(Options(silent.Port) with { PublishTimeout = TimeSpan.FromMilliseconds(200) });

        Assert.Equal(DeliveryResult.TimedOut, await link.PublishAsync("a", Bytes("x"), Qos.AtLeastOnce, false, default));
    }

    [Fact]
    public async Task The_last_will_comes_when_the_process_is_killed_and_not_when_it_says_goodbye()
    {
        await using var broker = await MosquittoServer.StartAsync();
        await using var watcher = await ConnectAsync(Options(broker.Port, "watcher") with { Subscriptions = ["will/#"] });
        await using (var polite = await ConnectAsync(Options(broker.Port, "polite") with { Will = new WillMessage("will/polite", Bytes("gone"), false) }))
        {
        }

        await using var holder = SupportProgram.Hold(broker.Port, "will/killed");
        await Eventually.TrueAsync(() => holder.Output.Contains("connected", StringComparison.Ordinal), "the holder connects");
        await holder.KillAsync();

        Assert.Equal("will/killed", (await FirstAsync(watcher.Messages(default), _ => true)).Topic);
    }

    [Fact]
    public async Task The_name_in_the_client_certificate_is_the_user_that_the_rules_name()
    {
        using var certificates = new TestCertificates();
        var files = new Dictionary<string, string>(certificates.ServerFiles()) { ["acl"] = "user truck-7\ntopic write field/truck-7\n" };
        await using var broker = await MosquittoServer.StartAsync(
            [
                "cafile {folder}/ca.crt", "certfile {folder}/server.crt", "keyfile {folder}/server.key",
                "require_certificate true", "use_identity_as_username true", "allow_anonymous false", "acl_file {folder}/acl",
            ], files);
        await using var owner = await ConnectAsync(Options(broker.Port, "owner") with { Tls = certificates.Client("truck-7") });
        await using var other = await ConnectAsync(Options(broker.Port, "other") with { Tls = certificates.Client("truck-8") });

        Assert.Equal(DeliveryResult.Accepted, await owner.PublishAsync("field/truck-7", Bytes("x"), Qos.AtLeastOnce, false, default));
        Assert.Equal(DeliveryResult.Refused, await other.PublishAsync("field/truck-7", Bytes("x"), Qos.AtLeastOnce, false, default));
    }

    [Fact]
    public async Task A_broker_with_a_certificate_of_a_stranger_is_not_trusted()
    {
        using var ours = new TestCertificates();
        using var theirs = new TestCertificates();
        await using var broker = await MosquittoServer.StartAsync(
            ["cafile {folder}/ca.crt", "certfile {folder}/server.crt", "keyfile {folder}/server.key", "allow_anonymous true"], theirs.ServerFiles());
        await using var link = MqttPublisher.Start(Options(broker.Port) with { Tls = ours.Client("truck-7") }, TimeProvider.System);

        var change = await FirstAsync(link.Events(default), _ => true);
        Assert.False(change.Connected);
        Assert.Contains("the broker's certificate is refused", change.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broker_whose_certificate_names_another_host_is_not_trusted()
    {
        using var certificates = new TestCertificates();
        await using var broker = await MosquittoServer.StartAsync(
            ["cafile {folder}/ca.crt", "certfile {folder}/server.crt", "keyfile {folder}/server.key", "allow_anonymous true"],
            certificates.ServerFiles("elsewhere.example"));
        await using var link = MqttPublisher.Start(Options(broker.Port) with { Tls = certificates.Client("truck-7") }, TimeProvider.System);

        Assert.False((await FirstAsync(link.Events(default), _ => true)).Connected);
    }

    [Fact]
    public async Task Missing_certificate_files_are_named()
    {
        await using var link = MqttPublisher.Start(Options(1) with { Tls = new TlsOptions("/none/ca.crt", "/none/v.crt", "/none/v.key") }, TimeProvider.System);

        Assert.Contains("/none/ca.crt", (await FirstAsync(link.Events(default), _ => true)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_slow_reader_loses_the_oldest_messages_and_the_loss_is_counted()
    {
        await using var broker = await MosquittoServer.StartAsync();
        await using var link = await ConnectAsync(Options(broker.Port) with { Subscriptions = ["a"], MessageQueue = 2 });

        foreach (var text in new[] { "1", "2", "3" })
            await link.PublishAsync("a", Bytes(text), Qos.AtLeastOnce, false, default);
        await Eventually.TrueAsync(() => link.Dropped == 1, "one is dropped");

        Assert.Equal("2", Text(await FirstAsync(link.Messages(default), _ => true)));
    }

    [Fact]
    public async Task Hundreds_of_sessions_in_one_process_pass_the_limit_of_select()
    {
        await using var broker = await MosquittoServer.StartAsync();
        // Eats descriptors, so that every session's socket lies above 1,024.
        var eaten = Enumerable.Range(0, 1_100).Select(_ => File.OpenHandle("/dev/null")).ToList();
        try
        {
            await using var link = await ConnectAsync(Options(broker.Port) with { Subscriptions = ["a"] });
            Assert.Equal(DeliveryResult.Accepted, await link.PublishAsync("a", Bytes("high"), Qos.AtLeastOnce, false, default));
            Assert.Equal("high", Text(await FirstAsync(link.Messages(default), _ => true)));
        }
        finally
        {
            eaten.ForEach(h => h.Dispose());
        }
    }

    [Fact]
    public async Task A_pattern_is_not_a_topic()
    {
        await using var link = MqttPublisher.Start(Options(FreePort.Next()), TimeProvider.System);
        await Assert.ThrowsAsync<ArgumentException>(() => link.PublishAsync("a/#", Bytes("x"), Qos.AtLeastOnce, false, default).AsTask());
    }
}
