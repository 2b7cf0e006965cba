using ThreeOneOne.Field.Settings;

namespace ThreeOneOne.Field.Agent;

/// <summary>The commands of field-agent.</summary>
internal static class AgentProgram
{
    private const string Help = """
        field-agent: the program on the vehicle

          field-agent run --config FILE [--Section:Key=value …]
              Runs the vehicle until SIGTERM or Ctrl-C.
          field-agent status --config FILE
              Says what waits on the vehicle and how long it can go on without the hub.
          field-agent doctor [--json] [--seconds N] --config FILE
              Checks everything that can be set up wrongly, while the agent runs or not: a line and a remedy
              each. Exit code 1 when something is wrong.
          field-agent outbox export --to FILE|DIR --config FILE
              Writes what the hub does not have to a signed file, for a USB stick (-: to standard output);
              the hub takes it in with field-hub outbox import. Nothing is removed from the vehicle.
          field-agent enrol [CODE] --config FILE
              Makes this computer a vehicle by the one-time code of field-hub enroll; without CODE asks for it.
              A code in a file enrol.code (Enrolment:CodeFiles) is found by field-agent run itself.
          field-agent --help

        Without --config the file is /etc/field-agent/agent.json, where it is there.
        Exit codes: 0 ended as asked, 1 could not run, 2 bad configuration or arguments, 75 start again (another
        device profile or identity came into force).
        """;

    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors)
    {
        switch (args)
        {
            case ["run", .. var rest]:
                return await VehicleRun.RunAsync(rest, output, errors).ConfigureAwait(false);
            case ["status", .. var rest]:
                return AgentSettings.Read(rest, errors) is { } known ? StatusCommand.Run(known, TimeProvider.System, output, errors) : SettingsReader.ExitCode;
            case ["doctor", .. var rest]:
                return await DoctorCommand.RunAsync(rest, IsTerminal(), TimeProvider.System, output, errors).ConfigureAwait(false);
            case ["outbox", "export", "--to", var to, .. var rest]:
                return AgentSettings.Read(rest, errors) is { } settings ? ExportCommand.Run(settings, to, TimeProvider.System, output, errors) : SettingsReader.ExitCode;
            case ["enrol" or "enroll", var code, .. var rest] when !code.StartsWith("--", StringComparison.Ordinal):
                return await EnrolCommand.RunAsync(AgentSettings.Read(rest, errors), code, output, errors).ConfigureAwait(false);
            case ["enrol" or "enroll", .. var rest]:
                return await EnrolCommand.RunAsync(AgentSettings.Read(rest, errors), null, output, errors).ConfigureAwait(false);
            case ["--help" or "-h" or "help"]:
                await output.WriteLineAsync(Help).ConfigureAwait(false);
                return 0;
            default:
                await errors.WriteLineAsync(Help).ConfigureAwait(false);
                return SettingsReader.ExitCode;
        }
    }

    private static bool IsTerminal() => !System.Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
}
