using System.Security.Authentication;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Enrolment;

namespace ThreeOneOne.Field.Agent.Doctor;

/// <summary>The hub's door for vehicles, by which certificates are renewed and updates come.</summary>
/// <param name="identity">The vehicle's identity; null when it has none by enrolment.</param>
/// <param name="clock">Verifies certificates.</param>
internal sealed class DoorLook(IdentityFolder? identity, DeviceClock clock) : ICheck
{
    public string Name => "hub door";

    public async Task<Finding> LookAsync(CancellationToken stop)
    {
        try
        {
            if (identity?.Read() is not { } place) return new Finding(Name, CheckState.Skipped, "the vehicle was not enrolled by code");
            using var door = HubDoor.Open(identity, clock);
            using var answer = await door.Client.GetAsync(new Uri("vehicle/v1/authority", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, stop).ConfigureAwait(false);
            return answer.IsSuccessStatusCode ? new Finding(Name, CheckState.Ok, $"{place.Door.Host}:{place.Door.Port} answers")
                : new Finding(Name, CheckState.Wrong, $"{place.Door.Host}:{place.Door.Port} answers {(int)answer.StatusCode}", "the vehicle may be revoked: ask the hub's administrator");
        }
        catch (HttpRequestException e)
        {
            return new Finding(
                Name,
                CheckState.Wrong,
                e.InnerException is AuthenticationException ? "it shows a certificate that is not the hub's or not valid now" : $"it cannot be reached: {e.Message}",
                e.InnerException is AuthenticationException ? "check the clock; if the hub's authority changed, enrol the vehicle again" : "ask whether the hub's vehicle port is open to this network");
        }
        catch (OperationCanceledException)
        {
            return new Finding(Name, CheckState.Wrong, "it does not answer", "ask whether the hub's vehicle port is open to this network");
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return new Finding(Name, CheckState.Wrong, e.Message, "chown -R field-agent: the identity folder, or enrol the vehicle again");
        }
    }
}
