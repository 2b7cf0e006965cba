using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Enrolment;

/// <summary>What another room does when a vehicle is enrolled, in the transaction that makes it so.</summary>
public interface IEnrolmentStep
{
    void Enrolled(WriteScope scope, string vehicle);
}
