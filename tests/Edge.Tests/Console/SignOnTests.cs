using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Console;
using ThreeOneOne.Field.Edge.Tests.Clock;
using ThreeOneOne.Field.Support;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Edge.Tests.Console;

[SuppressMessage("Design", "CA1001", Justification = "xunit disposes by IAsyncLifetime.")]
public sealed class SignOnTests : IAsyncLifetime
{
    private static readonly ProfileCrew Paving = new("paving-alpha", "Paving Alpha", [new("m-7", PinHash.Of("4711", 1000)), new("m-12", PinHash.Of("0815", 1000)), new("m-20")]);

    private readonly TemporaryFolder folder = new();
    private readonly int port = FreePort.Next();
    private readonly HttpClient http = new();
    private TestVehicle vehicle = null!;

    public async Task InitializeAsync()
    {
        http.BaseAddress = new Uri($"http://127.0.0.1:{port}");
        vehicle = new TestVehicle(folder["data"], consolePort: port);
        var profile = new VehicleProfile { Crews = [Paving, new ProfileCrew("lights-2", "Lights 2")], Services = [new("pothole", "Pothole")] };
        vehicle.Link.Receive(
            Lane.Profile, new ProfileState { StateVersion = 1, Era = "e", Profile = JsonSerializer.SerializeToElement(profile, WireJson.Default.VehicleProfile) }, WireJson.Default.ProfileState);
        await Eventually.TrueAsync(async () =>
        {
            try
            {
                return (await StateAsync()).GetProperty("crews").GetArrayLength() == 2;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }, "the crews are shown");
    }

    public async Task DisposeAsync()
    {
        http.Dispose();
        await vehicle.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task A_crew_signs_on_by_one_of_its_people_and_others_come_on_board()
    {
        Assert.DoesNotContain("hash", (await StateAsync()).GetRawText(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.Forbidden, await ShiftAsync("""{"state":"on","crew":"paving-alpha","members":["m-7"]}"""));
        Assert.Equal(HttpStatusCode.OK, await ShiftAsync("""{"state":"on","crew":"paving-alpha","pin":"4711","members":["m-20"]}"""));
        var shift = (await StateAsync()).GetProperty("shift");
        Assert.Equal("Paving Alpha", shift.GetProperty("crewName").GetString());
        Assert.Equal(["m-7"], Members(shift));

        Assert.Equal(HttpStatusCode.OK, await ShiftAsync("""{"state":"break"}"""));
        Assert.Equal(HttpStatusCode.OK, await ShiftAsync("""{"state":"on","crew":"paving-alpha","pin":"0815"}"""));
        Assert.Equal(["m-7", "m-12"], Members((await StateAsync()).GetProperty("shift")));
        Assert.Equal(HttpStatusCode.OK, await ShiftAsync("""{"state":"off"}"""));
    }

    [Fact]
    public async Task A_crew_to_whom_no_pin_was_given_signs_on_without() =>
        Assert.Equal(HttpStatusCode.OK, await ShiftAsync("""{"state":"on","crew":"lights-2","members":["m-1"]}"""));

    [Fact]
    public async Task Guessing_is_slowed_down_and_the_right_pin_waits_too()
    {
        for (var i = 0; i < 5; i++) Assert.Equal(HttpStatusCode.Forbidden, await ShiftAsync("""{"state":"on","crew":"paving-alpha","pin":"9999"}"""));
        Assert.Equal(HttpStatusCode.TooManyRequests, await ShiftAsync("""{"state":"on","crew":"paving-alpha","pin":"4711"}"""));
    }

    [Fact]
    public void The_wait_grows_ends_and_outlives_a_restart()
    {
        var time = new BoardTime(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));
        var clock = new DeviceClock(time);
        var signOn = new SignOn(folder["tries"], clock);
        for (var i = 0; i < 5; i++) Assert.False(Refused(signOn, "9999").MustWait);
        Assert.Contains("wait 30 s", Refused(signOn, "4711").Message, StringComparison.Ordinal);
        time.Pass(TimeSpan.FromSeconds(31));
        Assert.False(Refused(signOn, "9999").MustWait);
        Assert.Contains("wait 60 s", Refused(signOn, "4711").Message, StringComparison.Ordinal);

        signOn = new SignOn(folder["tries"], clock);
        Assert.True(Refused(signOn, "4711").MustWait);
        time.Pass(TimeSpan.FromSeconds(61));
        Assert.Equal("m-7", signOn.Know(Paving, "4711"));
        Assert.False(Refused(signOn, "9999").MustWait);
    }

    [Fact]
    public async Task A_profile_survives_a_restart_and_one_that_cannot_be_read_changes_nothing()
    {
        vehicle.Link.Receive(Lane.Profile, new ProfileState { StateVersion = 2, Era = "e", Profile = JsonSerializer.SerializeToElement("nonsense", JsonSerializerOptions.Web) }, WireJson.Default.ProfileState);
        Assert.Equal(HttpStatusCode.OK, await ShiftAsync("""{"state":"on","crew":"lights-2","members":["m-1"]}"""));
        Assert.Equal(2, (await StateAsync()).GetProperty("crews").GetArrayLength());
        await vehicle.StopAsync();
        await using var again = new TestVehicle(folder["data"]);
        Assert.Equal("Paving Alpha", again.Agent.Console.State().Crews[0].Name);
    }

    private static SignOnRefusedException Refused(SignOn signOn, string pin) => Assert.Throws<SignOnRefusedException>(() => signOn.Know(Paving, pin));

    private static string[] Members(JsonElement shift) => [.. shift.GetProperty("members").EnumerateArray().Select(m => m.GetString()!)];

    private Task<JsonElement> StateAsync() => http.GetFromJsonAsync<JsonElement>(new Uri("/console/state", UriKind.Relative));

    private async Task<HttpStatusCode> ShiftAsync(string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await http.PostAsync(new Uri("/console/shift", UriKind.Relative), content);
        return response.StatusCode;
    }
}
