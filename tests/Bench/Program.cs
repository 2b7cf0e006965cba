using System.Text.Json;
using Microsoft.Playwright;
using ThreeOneOne.Field.Bench;
using ThreeOneOne.Field.Bench.Agent;
using ThreeOneOne.Field.Bench.Growth;
using ThreeOneOne.Field.Bench.Ingest;
using ThreeOneOne.Field.Bench.Live;
using ThreeOneOne.Field.Bench.Outbox;
using ThreeOneOne.Field.Bench.Peer;
using ThreeOneOne.Field.Bench.Screens;
using ThreeOneOne.Field.Bench.Sensing;
using ThreeOneOne.Field.Bench.Tickets;

IBench[] benches =
[
    new IngestBench(),
    new StoresBench(),
    new OverloadBench(),
    new LanesBench(),
    new PhotoBench(),
    new AgentBench(),
    new OutboxBench(),
    new PeerBench(),
    new GrowthBench(),
    new TicketsBench(),
    new LiveBench(),
    new ScreensBench(),
    new SensingBench(),
];
if (args is [BareLoop.Argument])
{
    await BareLoop.RunAsync(CancellationToken.None);
    return 0;
}

if (args is [OutboxOpening.Argument, var opened])
{
    await OutboxOpening.RunAsync(opened);
    return 0;
}

if (args is [Browsers.Argument, var hub, var count])
{
    await Browsers.RunAsync(new Uri(hub), int.Parse(count, null));
    return 0;
}

if (args.Length == 0 || args[0] is "--help" or "-h" || Array.Find(benches, b => b.Name == args[0]) is not { } bench)
{
    Console.WriteLine("tests/bench.sh NAME [--option VALUE …]: a table, and one last line of JSON\n");
    foreach (var each in benches) Console.WriteLine($"  {each.Name,-10} {each.Purpose}");
    if (args.Length == 0 || args[0] is "--help" or "-h") return 0;
    Console.Error.WriteLine($"'{args[0]}' is no benchmark");
    return 2;
}

var options = new Dictionary<string, string>();
for (var i = 1; i < args.Length; i += 2)
{
    if (!args[i].StartsWith("--", StringComparison.Ordinal) || i + 1 == args.Length)
    {
        Console.Error.WriteLine($"'{args[i]}': expected --option VALUE");
        return 2;
    }

    options[args[i][2..]] = args[i + 1];
}

using var ending = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    ending.Cancel();
};
var root = options.Remove("root", out var given) ? given : Directory.GetCurrentDirectory();
var scratch = Directory.CreateTempSubdirectory("field-bench-").FullName;
// Servers that gave up root must reach what lies in it.
File.SetUnixFileMode(scratch, (UnixFileMode)0b111_101_101);
try
{
    var figures = await bench.RunAsync(new BenchContext(root, scratch, options, Console.Out), ending.Token);
    var line = new Dictionary<string, object> { ["bench"] = bench.Name };
    foreach (var (name, value) in figures) line[name] = value;
    Console.WriteLine(JsonSerializer.Serialize(line));
    return 0;
}
catch (Exception e) when (e is FormatException or InvalidOperationException or IOException or TimeoutException or PlaywrightException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
catch (OperationCanceledException)
{
    return 130;
}
finally
{
    Directory.Delete(scratch, recursive: true);
}
