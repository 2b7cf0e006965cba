using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Enrolment;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Commands;

/// <summary>A wipe is for the computer that was lost: whoever enrols its vehicle anew does not want the next one destroyed.</summary>
internal sealed class EndWipes : IEnrolmentStep
{
    public void Enrolled(WriteScope scope, string vehicle)
    {
        foreach (var id in CommandStore.EndWipes(scope, vehicle, "the vehicle was enrolled anew before it was wiped"))
            Audit.Write(scope, Actor.Hub, "vehicle.command.cancel", vehicle, $"wipe {id}: enrolled anew");
    }
}
