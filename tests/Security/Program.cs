using System.Runtime.InteropServices;
using ThreeOneOne.Field.Fleet;
using ThreeOneOne.Field.Security;
using ThreeOneOne.Field.Security.Attacks;
using ThreeOneOne.Field.Security.Scene;

SecurityOptions options;
try
{
    options = SecurityOptions.Read(args);
}
catch (FormatException e)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}

using var ending = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    ending.Cancel();
};
using var told = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
{
    context.Cancel = true;
    ending.Cancel();
});
IReadOnlyList<IAttack> attacks =
[
    new OtherVehiclesTopic(), new StrangersCertificate(), new ExpiredCertificate(), new RevokedCertificate(), new StolenCode(),
    new ExpiredCode(), new DoorCertificates(), new WrongDoor(), new HostileRequest(), new SlowConnections(), new ReplayedBatch(), new ReplayedDownlink(),
    new OversizedMessage(), new OversizedRequest(), new NoSession(), new StolenCookie(), new CrossOrigin(), new ForeignPanel(), new PathTraversal(),
    new AzureWebhook(), new ForgedBundle(), new ForgedUpdate(), new FuzzedAgent(options), new FuzzedIngest(options), new FuzzedOpen311(options),
];
attacks = [.. attacks.Where(a => options.Only.Count == 0 || options.Only.Any(o => a.Name.Contains(o, StringComparison.OrdinalIgnoreCase)))];
if (attacks.Count == 0)
{
    Console.Error.WriteLine("--only names no attack");
    return 2;
}

try
{
    await using var scene = await SecurityScene.SetUpAsync(options, ending.Token);
    Console.WriteLine($"seed {options.Seed}");
    return await new AttackTable(Console.Out).RunAsync(scene, attacks, ending.Token) ? 0 : 1;
}
catch (Exception e) when (e is InvalidDataException or IOException or SetupException or HttpRequestException or TimeoutException or InvalidOperationException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
catch (OperationCanceledException)
{
    return 130;
}
