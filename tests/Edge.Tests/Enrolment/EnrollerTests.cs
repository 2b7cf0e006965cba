using System.Text;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Enrolment;

namespace ThreeOneOne.Field.Edge.Tests.Enrolment;

/// <summary>What a stranger, or a broken hub, answers at the door.</summary>
public sealed class EnrollerTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private IdentityFolder Identity => new(folder["identity"]);

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("200 OK", "text/plain", "")]
    [InlineData("200 OK", "text/plain", "no certificate")]
    [InlineData("200 OK", "text/plain", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----")]
    [InlineData("200 OK", "text/plain; charset=nonsense", "-----BEGIN CERTIFICATE-----")]
    [InlineData("302 Found", "text/plain", "elsewhere")]
    [InlineData("503 Later", "text/html", "<html>")]
    public async Task Who_answers_instead_of_the_hub_is_refused_and_the_try_may_pass_later(string status, string type, string body)
    {
        await using var door = new FakeDoor(_ => FakeDoor.Http(status, type, body));
        await RefusedAsync(door);
        Assert.Equal(1, door.Asked);
    }

    [Fact]
    public async Task Authorities_with_broken_bytes_are_refused()
    {
        var random = new Random(7);
        FakeDoor? self = null;
        await using var door = self = new FakeDoor(_ =>
        {
            var pem = Encoding.ASCII.GetBytes(self!.Pem);
            for (var i = 0; i < 3; i++) pem[random.Next(pem.Length)] = (byte)random.Next(256);
            return FakeDoor.Http("200 OK", "application/x-pem-file", pem);
        });
        for (var i = 0; i < 25; i++) await RefusedAsync(door);
    }

    [Theory]
    [InlineData("200 OK", "application/json; charset=nonsense", "{}")]
    [InlineData("200 OK", "application/json", "{}")]
    [InlineData("200 OK", "application/json", "[[[")]
    [InlineData("200 OK", "application/json", """{"vehicle":null}""")]
    [InlineData("200 OK", "application/json", """{"vehicle":"truck-7","jurisdiction":"cambridge-ma","kind":"crewed","authorities":"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----","broker":{"host":"h","port":1},"door":{"host":"h","port":1},"profileKeys":"","certificate":"x","renew":false}""")]
    [InlineData("500 Broken", "application/json; charset=nonsense", "{}")]
    [InlineData("429 Later", "application/problem+json", "[]")]
    public async Task What_the_hub_itself_answers_wrongly_may_pass_and_the_key_is_kept_for_the_next_try(string status, string type, string body)
    {
        FakeDoor? self = null;
        await using var door = self = new FakeDoor(path =>
            path.EndsWith("/authority", StringComparison.Ordinal) ? FakeDoor.Http("200 OK", "application/x-pem-file", self!.Pem) : FakeDoor.Http(status, type, body));
        await RefusedAsync(door);
        Assert.Equal(2, door.Asked);
        Assert.True(File.Exists(Identity.NextKeyFile));
        Assert.Null(Identity.Read());
    }

    [Fact]
    public async Task A_code_that_will_never_do_leaves_no_key()
    {
        FakeDoor? self = null;
        await using var door = self = new FakeDoor(path => path.EndsWith("/authority", StringComparison.Ordinal)
            ? FakeDoor.Http("200 OK", "application/x-pem-file", self!.Pem)
            : FakeDoor.Http("403 Forbidden", "application/problem+json", """{"detail":"the code is used"}"""));
        var refused = await Assert.ThrowsAsync<EnrolmentRefusedException>(() => EnrolAsync(door));
        Assert.Equal((false, "the code is used"), (refused.MayPass, refused.Message));
        Assert.False(File.Exists(Identity.NextKeyFile));
    }

    private Task<string> EnrolAsync(FakeDoor door) => new Enroller(Identity, new DeviceClock(TimeProvider.System)).EnrolAsync(door.Code, null, CancellationToken.None);

    private async Task RefusedAsync(FakeDoor door)
    {
        var e = await Assert.ThrowsAnyAsync<Exception>(() => EnrolAsync(door));
        Assert.True(e is EnrolmentRefusedException { MayPass: true } or HttpRequestException, e.ToString());
    }
}
