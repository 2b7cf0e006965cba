using System.Runtime.InteropServices;

namespace ThreeOneOne.Field.Fleet.Demo;

/// <summary>The command line around a <see cref="FleetDemo"/>: its arguments, Ctrl-C, and the exit code.</summary>
public static class DemoCommand
{
    private const int Killed = 130;

    public static async Task<int> RunAsync(string[] args, TextWriter output)
    {
        var options = DemoOptions.Parse(new Arguments(args, DemoOptions.Names));
        Tools.Check(Environment.GetEnvironmentVariable("PATH"));
        var run = new FleetDemo(options, TimeProvider.System, output);
        using var stop = new CancellationTokenSource();
        void OnSignal(PosixSignalContext signal)
        {
            signal.Cancel = true;
            if (stop.IsCancellationRequested)
            {
                run.Kill();
                Environment.Exit(Killed);
            }

            stop.Cancel();
        }

        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
        return await run.RunAsync(stop.Token).ConfigureAwait(false);
    }
}
