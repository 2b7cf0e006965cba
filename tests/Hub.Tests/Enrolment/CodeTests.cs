using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Enrolment;
using ThreeOneOne.Field.Hub.Tests.Access;
using ThreeOneOne.Field.Hub.Tests.Broker;
using ThreeOneOne.Field.Hub.Tests.Storage;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.Enrolment;

/// <summary>One-time codes at the door: right ones, wrong ones, stolen ones.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "Disposed by DisposeAsync of the test framework.")]
public sealed class CodeTests : IAsyncLifetime
{
    private readonly TestClock clock = new();
    private readonly KeptLog logs = new();
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private BrokerHost hub = null!;
    private HttpClient door = null!;

    public async Task InitializeAsync()
    {
        hub = await BrokerHost.StartAsync(
            enrolment: new EnrolmentOptions { WatchSeconds = 1, WrongCodesPerAddress = 4 }, services: s => s.AddSingleton<TimeProvider>(clock).AddSingleton<IEnrolmentStep, Hub.Commands.EndWipes>(), logs: logs);
        await hub.RegisterAsync("truck-7");
        door = DoorClient.Open(hub.Door, hub.Services.GetRequiredService<CertificateAuthority>().AuthorityPem);
    }

    public async Task DisposeAsync()
    {
        door.Dispose();
        key.Dispose();
        other.Dispose();
        await hub.DisposeAsync();
    }

    [Fact]
    public async Task A_code_gives_its_key_a_certificate_once_and_the_same_key_may_fetch_it_again_for_minutes()
    {
        var code = await hub.CodeAsync("truck-7");
        Assert.Equal((hub.Door.Host, hub.Door.Port), (code.Host, code.Port));

        var first = await (await EnrolAsync(code, key)).JsonAsync();
        Assert.Equal("truck-7", first.GetProperty("vehicle").GetString());
        var again = await (await EnrolAsync(code, key)).JsonAsync();
        Assert.Equal(first.GetProperty("certificate").GetString(), again.GetProperty("certificate").GetString());
        Assert.Equal(HttpStatusCode.Forbidden, (await EnrolAsync(code, other)).StatusCode);

        clock.Advance(TimeSpan.FromMinutes(16));
        Assert.Equal(HttpStatusCode.Forbidden, (await EnrolAsync(code, key)).StatusCode);
        var audit = await hub.Database.ReadAsync(c => Audit.Read(c, long.MaxValue, 100), default);
        Assert.Single(audit, a => a.Action == "vehicle.code" && a.Subject == "truck-7");
        Assert.Single(audit, a => a.Action == "vehicle.enrol" && a.Subject == "truck-7");
    }

    [Fact]
    public async Task A_code_ends_after_its_hours_and_by_a_newer_one_and_by_revocation()
    {
        var old = await hub.CodeAsync("truck-7");
        var newer = await hub.CodeAsync("truck-7");
        Assert.Equal(HttpStatusCode.Forbidden, (await EnrolAsync(old, key)).StatusCode);
        clock.Advance(TimeSpan.FromHours(24));
        Assert.Equal(HttpStatusCode.Forbidden, (await EnrolAsync(newer, key)).StatusCode);

        var last = await hub.CodeAsync("truck-7");
        using var office = await hub.ClientAsync();
        using var revoked = await office.PostJsonAsync("/api/vehicles/truck-7/revocation", new { reason = "sold" });
        Assert.Equal(HttpStatusCode.OK, revoked.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await EnrolAsync(last, key)).StatusCode);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_wipe_that_waits_for_a_lost_vehicle_never_reaches_the_next_one_that_is_enrolled(bool byCode)
    {
        async Task GiveAsync(string id, string vehicle, string kind, string state) => await hub.Database.WriteAsync(
            scope => scope.Execute(
                "INSERT INTO commands (id, vehicle, kind, arguments, created_ms, created_by, expires_ms, state) VALUES (@id, @vehicle, @kind, '{}', 1, 'it', 9999999999999, @state)",
                new { id, vehicle, kind, state }),
            Hub.Storage.WritePriority.Interactive, default);
        await GiveAsync("w1", "truck-7", "wipe", "queued");
        await GiveAsync("w2", "truck-7", "wipe", "sent");
        await GiveAsync("w3", "truck-8", "wipe", "queued");
        await GiveAsync("l1", "truck-7", "logs", "queued");
        if (byCode)
        {
            Assert.Equal(HttpStatusCode.OK, (await EnrolAsync(await hub.CodeAsync("truck-7"), key)).StatusCode);
        }
        else
        {
            using var office = await hub.ClientAsync();
            using var enrolled = await office.PostJsonAsync("/api/vehicles/truck-7/certificate", new { csr = CertificateAuthorityTests.Csr("CN=x", key) });
            Assert.Equal(HttpStatusCode.OK, enrolled.StatusCode);
        }

        var states = await hub.Database.ReadAsync(c => c.Query<(string, string)>("SELECT id, state FROM commands ORDER BY id").ToList(), default);
        Assert.Equal([("l1", "queued"), ("w1", "failed"), ("w2", "failed"), ("w3", "queued")], states);
        Assert.Equal(2, (await hub.Database.ReadAsync(c => Audit.Read(c, long.MaxValue, 100), default)).Count(a => a.Action == "vehicle.command.cancel" && a.Subject == "truck-7"));
    }

    [Fact]
    public async Task A_code_for_another_vehicle_than_the_computer_was_is_refused_and_not_spent()
    {
        var code = await hub.CodeAsync("truck-7");
        using var wrong = await EnrolAsync(code, key, "truck-8");
        Assert.Equal(HttpStatusCode.Conflict, wrong.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await EnrolAsync(code, key, "truck-7")).StatusCode);
    }

    [Fact]
    public async Task Guessing_ends_for_everybody_at_that_address_also_with_the_right_code_until_the_window_is_over()
    {
        var code = await hub.CodeAsync("truck-7");
        for (var i = 0; i < 4; i++)
            Assert.Equal(HttpStatusCode.Forbidden, (await EnrolAsync(code with { Secret = RandomNumberGenerator.GetBytes(EnrolmentCode.SecretBytes) }, key)).StatusCode);
        using var closed = await EnrolAsync(code, key);
        Assert.Equal(HttpStatusCode.TooManyRequests, closed.StatusCode);
        Assert.True(closed.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(HttpStatusCode.OK, (await EnrolAsync(code, key)).StatusCode);
    }

    [Theory]
    [InlineData("""{"code":"AAAAAAAAAAAAAAAA","csr":"nothing"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"code":"' OR 1=1 --","csr":""}""", HttpStatusCode.Forbidden)]
    [InlineData("""{"code":7}""", HttpStatusCode.BadRequest)]
    [InlineData("{", HttpStatusCode.BadRequest)]
    public async Task What_is_no_request_is_refused(string body, HttpStatusCode expected)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await door.PostAsync(new Uri("/vehicle/v1/enrolment", UriKind.Relative), content);
        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task What_is_no_guess_is_not_counted_as_one()
    {
        var code = await hub.CodeAsync("truck-7");
        for (var i = 0; i < 6; i++)
        {
            using var wrong = await door.PostJsonAsync("/vehicle/v1/enrolment", new { code = code.SecretText, csr = "nothing" });
            Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        }

        Assert.Equal(HttpStatusCode.OK, (await EnrolAsync(code, key)).StatusCode);
    }

    [Fact]
    public void Many_addresses_that_guess_do_not_close_the_door_to_another()
    {
        var limiter = new CodeLimiter(new EnrolmentOptions(), clock);
        for (var from = 1; from <= 100; from++)
        {
            var address = new IPAddress([198, 51, 100, (byte)from]);
            for (var i = 0; i < 10; i++) Assert.Null(limiter.Count(address));
            Assert.NotNull(limiter.Count(address));
        }

        Assert.Null(limiter.Count(new IPAddress([203, 0, 113, 1])));
    }

    [Fact]
    public void A_code_for_the_longest_host_fits_its_qr_code_and_a_longer_host_is_refused_at_the_start()
    {
        var host = new string('h', EnrolmentCode.LongestHost);
        var text = new EnrolmentCode(host, 65_535, new byte[EnrolmentCode.FingerprintBytes], new byte[EnrolmentCode.SecretBytes]).Format();
        Assert.NotEmpty(QrCode.Of(text).Rows());
        Assert.Empty(Faults(host));
        Assert.NotEmpty(Faults("h." + host[2..] + "h"));
        Assert.NotEmpty(Faults("stra\u00dfe.example"));

        static List<System.ComponentModel.DataAnnotations.ValidationResult> Faults(string host)
        {
            var options = new EnrolmentOptions { VehicleHost = host };
            return [.. options.Validate(new System.ComponentModel.DataAnnotations.ValidationContext(options))];
        }
    }

    [Theory]
    [InlineData("", 5312, "this machine alone")]
    [InlineData("localhost", 5312, "this machine alone")]
    [InlineData("hub.example.gov", 0, "chosen by the machine")]
    [InlineData("hub.example.gov", 5312, null)]
    public async Task The_command_warns_of_a_code_that_leads_nowhere(string host, int port, string? warning)
    {
        using var said = new StringWriter();
        var options = new EnrolmentOptions { VehicleHost = host, Port = port };
        Assert.Equal(0, await EnrolmentCommand.RunAsync(
            ["enroll", "truck-7"], _ => new EnrolmentContext(TestStorage.Options(hub.Folder), options, "cambridge-ma"), TextWriter.Null, said, isTerminal: false));
        if (warning is null) Assert.DoesNotContain("Warning", said.ToString(), StringComparison.Ordinal);
        else Assert.Contains(warning, said.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_is_too_long_is_not_read()
    {
        using var content = new StringContent($$"""{"code":"AAAAAAAAAAAAAAAA","csr":"{{new string('x', 20_000)}}"}""", Encoding.UTF8, "application/json");
        using var response = await door.PostAsync(new Uri("/vehicle/v1/enrolment", UriKind.Relative), content);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task No_code_key_or_token_is_in_a_log_at_any_level_or_in_the_books()
    {
        using var office = await hub.ClientAsync("supervisor");
        using var made = await office.PostAsync(new Uri("/api/vehicles/truck-7/enrolment-codes", UriKind.Relative), null);
        var text = (await made.JsonAsync()).GetProperty("code").GetString()!;
        Assert.True(EnrolmentCode.TryParse(text, out var code, out _));
        await EnrolAsync(code with { Secret = new byte[EnrolmentCode.SecretBytes] }, key);
        await (await EnrolAsync(code, key)).JsonAsync();
        await EnrolAsync(code, other);

        Assert.True(logs.Count > 20, $"only {logs.Count} lines");
        Assert.Contains("enrolment", logs.All, StringComparison.Ordinal);
        var token = office.DefaultRequestHeaders.Authorization!.Parameter!;
        string[] secrets =
        [
            code.SecretText, text, text.Replace("-", "", StringComparison.Ordinal), Convert.ToBase64String(code.Secret.Span), Convert.ToHexString(code.Secret.Span), token,
            token[(token.LastIndexOf('_') + 1)..], "PRIVATE KEY", .. File.ReadAllText(Path.Combine(hub.Folder, "ca", "ca.key")).Split('\n').Where(l => l.Length > 20 && l[0] != '-'),
        ];
        var rows = await hub.Database.ReadAsync(
            c => string.Join('\n', c.Query<string>("SELECT hash FROM enrolment_codes")) + string.Join('\n', c.Query<string>("SELECT detail FROM audit")), default);
        foreach (var secret in secrets)
        {
            Assert.DoesNotContain(secret, logs.All, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(secret, rows, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task Hours_are_at_most_a_day_and_only_who_may_enrol_gets_a_code()
    {
        using var office = await hub.ClientAsync("supervisor");
        Assert.Equal(HttpStatusCode.BadRequest, (await office.PostJsonAsync("/api/vehicles/truck-7/enrolment-codes", new { hours = 25 })).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await office.PostJsonAsync("/api/vehicles/truck-9/enrolment-codes", new { hours = 25 })).StatusCode);
        foreach (var role in new[] { "dispatcher", "integration", "read-only" })
        {
            using var client = await hub.ClientAsync(role);
            Assert.Equal(HttpStatusCode.Forbidden, (await client.PostJsonAsync("/api/vehicles/truck-7/enrolment-codes", new { hours = 1 })).StatusCode);
            Assert.Equal(HttpStatusCode.Forbidden, (await client.PostJsonAsync("/api/vehicles/truck-7/revocation", new { })).StatusCode);
        }
    }

    [Fact]
    public async Task The_qr_code_is_read_back_by_another_program()
    {
        using var office = await hub.ClientAsync("supervisor");
        using var made = await office.PostAsync(new Uri("/api/vehicles/truck-7/enrolment-codes", UriKind.Relative), null);
        var answer = await made.JsonAsync();
        Assert.Equal(answer.GetProperty("code").GetString(), await ScanAsync([.. answer.GetProperty("qr").EnumerateArray().Select(r => r.GetString()!)]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(14)]
    [InlineData(26)]
    [InlineData(42)]
    [InlineData(62)]
    [InlineData(84)]
    [InlineData(106)]
    [InlineData(122)]
    [InlineData(152)]
    [InlineData(180)]
    [InlineData(213)]
    public async Task Every_version_of_the_qr_code_is_read_back(int length)
    {
        var random = new Random(length);
        var text = new string([.. Enumerable.Range(0, length).Select(_ => "0123456789ABCDEFGHJKMNPQRSTVWXYZ-:/.abcdefghijklmnop"[random.Next(52)])]);
        Assert.Equal(text, await ScanAsync(QrCode.Of(text).Rows()));
        if (length == 213) Assert.Throws<ArgumentException>(() => QrCode.Of(text + "x"));
    }

    private static async Task<string> ScanAsync(IReadOnlyList<string> rows)
    {
        const int Quiet = 4, Scale = 4;
        var size = (rows.Count + 2 * Quiet) * Scale;
        var file = Path.Combine(Path.GetTempPath(), $"field-qr-{Guid.NewGuid():n}.pgm");
        var pixels = new byte[size * size];
        for (var y = 0; y < size; y++)
        {
            for (var x = 0; x < size; x++)
            {
                var (column, row) = (x / Scale - Quiet, y / Scale - Quiet);
                pixels[y * size + x] = row >= 0 && row < rows.Count && column >= 0 && column < rows.Count && rows[row][column] == '1' ? (byte)0 : (byte)255;
            }
        }

        await File.WriteAllBytesAsync(file, [.. Encoding.ASCII.GetBytes($"P5\n{size} {size}\n255\n"), .. pixels]);
        try
        {
            using var scan = Process.Start(new ProcessStartInfo("zbarimg", ["--raw", "-q", "-Sdisable", "-Sqrcode.enable", file]) { RedirectStandardOutput = true })
                ?? throw new InvalidOperationException("these tests need zbarimg: install the Debian package zbar-tools");
            var text = await scan.StandardOutput.ReadToEndAsync();
            await scan.WaitForExitAsync();
            return text.TrimEnd('\n');
        }
        finally
        {
            File.Delete(file);
        }
    }

    private Task<HttpResponseMessage> EnrolAsync(EnrolmentCode code, ECDsa with, string? vehicle = null) =>
        door.PostJsonAsync("/vehicle/v1/enrolment", new { code = code.SecretText, csr = DoorClient.Csr(with), vehicle });
}
