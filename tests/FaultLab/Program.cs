using System.Runtime.InteropServices;
using ThreeOneOne.Field.FaultLab;
using ThreeOneOne.Field.FaultLab.Programs;
using ThreeOneOne.Field.Fleet;

LabOptions options;
try
{
    options = LabOptions.Read(args);
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
try
{
    const int UsualDays = 397;
    if (options.SelfTest)
    {
        await using var small = await LabScene.SetUpAsync(options.Folder, [new VehicleSetup()], options.Seed, UsualDays, ending.Token);
        return await new SelfTest(small, Console.Out).RunAsync(ending.Token) ? 0 : 1;
    }

    if (options.Offline is { } days)
    {
        await using var far = await LabScene.SetUpAsync(options.Folder, [OfflineRun.Setup], options.Seed, Math.Max(1, days * 2 / 3), ending.Token);
        return await new OfflineRun(far, days, options.Seed, Console.Out).RunAsync(ending.Token) ? 0 : 1;
    }

    VehicleSetup[] fleet = [.. Enumerable.Range(0, options.Vehicles).Select(i => i < 2 ? new VehicleSetup { Senses = true, Pace = 10 } : new VehicleSetup())];
    await using var scene = await LabScene.SetUpAsync(options.Folder, fleet, options.Seed, UsualDays, ending.Token);
    var result = await new LabRun(options, scene, Console.Out).RunAsync(ending.Token);
    Console.WriteLine(result.ToLine());
    return result.Passed ? 0 : 1;
}
catch (Exception e) when (e is InvalidDataException or IOException or SetupException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
catch (OperationCanceledException)
{
    return 130;
}
