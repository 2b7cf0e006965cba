using ThreeOneOne.Field.Agent.Care;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Enrolment;
using ThreeOneOne.Field.Settings;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent;

/// <summary><c>field-agent enrol</c>: a technician types or scans the code. A running agent takes the identity up by itself.</summary>
internal static class EnrolCommand
{
    /// <param name="settings">Null when they are wrong, which has been said.</param>
    /// <param name="text">The code; null: ask for it, so that it stands in no list of processes.</param>
    /// <param name="output">Told what it is now.</param>
    /// <param name="errors">Told why not.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(AgentSettings? settings, string? text, TextWriter output, TextWriter errors)
    {
        if (settings is null) return SettingsReader.ExitCode;
        if (settings.Identity is not { } folder)
        {
            await errors.WriteLineAsync("Vehicle:Identity = '': expected the folder that the identity is kept in").ConfigureAwait(false);
            return SettingsReader.ExitCode;
        }

        if (Wiping.Fault(settings.Options.Vehicle.Data) is { } wiping)
        {
            await errors.WriteLineAsync(wiping).ConfigureAwait(false);
            return 1;
        }

        if (text is null)
        {
            await errors.WriteAsync("code: ").ConfigureAwait(false);
            text = await System.Console.In.ReadLineAsync().ConfigureAwait(false) ?? "";
        }

        if (!EnrolmentCode.TryParse(text, out var code, out var fault))
        {
            await errors.WriteLineAsync($"{fault}; nothing was sent").ConfigureAwait(false);
            return SettingsReader.ExitCode;
        }

        try
        {
            var clock = new DeviceClock(TimeProvider.System, options: settings.Options.Clock);
            clock.LookAtNetwork();
            var was = folder.Read()?.Vehicle ?? (settings.Options.Vehicle.Id.Length > 0 ? settings.Options.Vehicle.Id : null);
            var vehicle = await new Enroller(folder, clock).EnrolAsync(code, was, CancellationToken.None).ConfigureAwait(false);
            await output.WriteLineAsync($"enrolled as {vehicle}").ConfigureAwait(false);
            return 0;
        }
        catch (Exception e) when (e is EnrolmentRefusedException or HttpRequestException or IOException or InvalidDataException or UnauthorizedAccessException or OperationCanceledException)
        {
            await errors.WriteLineAsync($"not enrolled: {e.Message}").ConfigureAwait(false);
            return 1;
        }
    }
}
