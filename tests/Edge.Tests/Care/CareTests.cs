using System.IO.Compression;
using System.Text;
using ThreeOneOne.Field.Agent.Care;
using ThreeOneOne.Field.Agent.Motion;
using ThreeOneOne.Field.Agent.Positioning;
using ThreeOneOne.Field.Support;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Edge.Tests.Care;

/// <summary>What a city's IT can ask of a vehicle that it cannot walk to.</summary>
public sealed class CareTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_log_bundle_holds_the_last_lines_without_secrets_and_places()
    {
        var ring = new LogRing();
        var now = TimeProvider.System.GetUtcNow();
        ring.Add($"{now.AddHours(-30):O} info: Old[1] too old");
        ring.Add($"{now:O} info: Link[1] token=abcdef123 at 42.36551,-71.10374, sent by Bearer xyz.secret-thing");
        await using var vehicle = new TestVehicle(folder["data"], log: ring);
        var result = await GiveAsync(vehicle, "logs", ("hours", "24"));
        Assert.Equal(CommandOutcome.Done, result.Outcome);
        var text = Unpack(vehicle, result.File!);
        Assert.StartsWith("# vehicle truck-1", text, StringComparison.Ordinal);
        Assert.Contains("token=[hidden] at [place], sent by Bearer [hidden]", text, StringComparison.Ordinal);
        Assert.DoesNotContain("too old", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_log_of_the_run_before_is_in_it()
    {
        var ring = new LogRing();
        ring.Add($"{TimeProvider.System.GetUtcNow():O} fail: Motion[1] the last words");
        await using (new TestVehicle(folder["data"], log: ring))
        {
        }

        Assert.True((await File.ReadAllBytesAsync(folder["data/last-log"])).AsSpan().IndexOf("last words"u8) < 0);
        await using var again = new TestVehicle(folder["data"], log: new LogRing());
        Assert.Contains("the last words", Unpack(again, (await GiveAsync(again, "logs")).File!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Raw_readings_are_captured_on_shift_only_and_their_size_is_said_before()
    {
        var motion = new Shaking();
        await using var vehicle = new TestVehicle(folder["data"], motion: motion);
        var refused = await GiveAsync(vehicle, "capture", ("seconds", "1"));
        Assert.Equal(CommandOutcome.Failed, refused.Outcome);
        Assert.Contains("off shift", refused.Detail, StringComparison.Ordinal);
        Assert.Contains("1 to 300", (await GiveAsync(vehicle, "capture", ("seconds", "301"))).Detail, StringComparison.Ordinal);

        await vehicle.Agent.Shift.ChangeAsync(ShiftState.On, "crew-1", null, default);
        Assert.Matches(@"^about \d+ bytes for 60 s$", (await GiveAsync(vehicle, "capture", ("seconds", "60"), ("only", "size"))).Detail!);
        var taking = GiveAsync(vehicle, "capture", ("seconds", "5"));
        var giving = Task.Run(async () =>
        {
            while (!taking.IsCompleted)
            {
                vehicle.Fixes.Give(42.3651, -71.1037);
                await Task.Delay(50);
            }
        });
        var result = await taking;
        await giving;
        Assert.Equal(CommandOutcome.Done, result.Outcome);
        var lines = Unpack(vehicle, result.File!).Split('\n');
        Assert.StartsWith("t,", lines[0], StringComparison.Ordinal);
        Assert.Contains(lines, l => l.StartsWith("m,", StringComparison.Ordinal) && l.EndsWith(",0.100,0.200,9.810", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith("g,", StringComparison.Ordinal) && l.Contains("42.3651", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_end_of_the_shift_ends_the_capture()
    {
        await using var vehicle = new TestVehicle(folder["data"], motion: new Shaking());
        await vehicle.Agent.Shift.ChangeAsync(ShiftState.On, "crew-1", null, default);
        // One at a time: of two the one that is refused says that the other is under way.
        string[] both = ["c1", "c2"];
        foreach (var id in both) vehicle.Give("capture", id, ("seconds", "300"));
        await Eventually.TrueAsync(() => vehicle.Link.Records.Any(r => r.Result?.Detail == "a capture is under way"), "one of two is under way");
        var under = both.Single(id => !vehicle.Link.Records.Any(r => r.Result?.Id == id));

        vehicle.Fixes.Give(42.3651, -71.1037);
        await Eventually.TrueAsync(() => vehicle.Agent.Fixes.Latest is not null, "a fix on shift is heard");
        await vehicle.Agent.Shift.ChangeAsync(ShiftState.Off, null, null, default);
        vehicle.Fixes.Give(43.9876, -70.1234);
        var result = await vehicle.ResultAsync(under);
        Assert.Equal(CommandOutcome.Done, result.Outcome);
        Assert.Contains("; the shift ended", result.Detail, StringComparison.Ordinal);
        var text = Unpack(vehicle, result.File!);
        Assert.Contains("42.3651", text, StringComparison.Ordinal);
        Assert.DoesNotContain("43.9876", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_restart_answers_first_and_ends_the_program_with_the_code_that_starts_it_again()
    {
        await using var vehicle = new TestVehicle(folder["data"]);
        var result = await GiveAsync(vehicle, "restart");
        Assert.Equal(CommandOutcome.Done, result.Outcome);
        await vehicle.Running.WaitAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(75, vehicle.Agent.ExitCode);
    }

    private static string Unpack(TestVehicle vehicle, AttachmentRef file)
    {
        var store = vehicle.Agent.Attachments;
        List<byte> bytes = [];
        while (bytes.Count < file.Bytes) bytes.AddRange(store.Read(file, bytes.Count, FileChunk.MaxBytes)!.Value.Span);
        Assert.True(AttachmentType.Matches(file.Type, bytes.ToArray()));
        using var gzip = new GZipStream(new MemoryStream([.. bytes]), CompressionMode.Decompress);
        return new StreamReader(gzip, Encoding.UTF8).ReadToEnd();
    }

    private static Task<CommandResult> GiveAsync(TestVehicle vehicle, string kind, params (string Name, string Value)[] arguments)
    {
        var id = "c" + (vehicle.Link.Records.Count(r => r.Result is not null) + 1);
        vehicle.Give(kind, id, arguments);
        return vehicle.ResultAsync(id);
    }

    private sealed class Shaking : IAccelerometerSource
    {
        public SourceHealth Health => new(SourceState.Ok);

        public async IAsyncEnumerable<AccelBlock> ReadAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
        {
            var clock = new Agent.Clock.DeviceClock(TimeProvider.System);
            while (!stop.IsCancellationRequested)
            {
                await Task.Delay(20, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                yield return new AccelBlock(clock.Now, clock.MonotonicMs, [new AccelSample(clock.Now, 0.1f, 0.2f, 9.81f)]);
            }
        }
    }
}
