using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Enrolment;

/// <summary>All that happens beside the certificate when a vehicle is enrolled, by a code or by an installer.</summary>
public sealed class EnrolmentSteps(IEnumerable<IEnrolmentStep> steps)
{
    public void Enrolled(WriteScope scope, string vehicle)
    {
        foreach (var step in steps) step.Enrolled(scope, vehicle);
    }
}
