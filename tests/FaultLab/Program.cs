using System.Runtime.InteropServices;
using ThreeOneOne.Field.FaultLab;
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
    if (options.SelfTest)
    {
        await using var small = await LabScene.SetUpAsync(options.Folder, 1, options.Seed, seen: true, ending.Token);
        return await new SelfTest(small, Console.Out).RunAsync(ending.Token) ? 0 : 1;
    }

    await using var scene = await LabScene.SetUpAsync(options.Folder, options.Vehicles, options.Seed, seen: true, ending.Token);
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
