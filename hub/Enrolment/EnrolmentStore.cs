using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Enrolment;

/// <summary>Every certificate that a vehicle was ever given: what a revocation list is made from.</summary>
internal static class EnrolmentStore
{
    public static void Add(WriteScope scope, string vehicle, IssuedCertificate certificate, string issuedBy) => scope.Execute(
        "INSERT INTO certificates (serial, vehicle, issued_ms, not_after_ms, issued_by) VALUES (@Serial, @vehicle, @now, @end, @issuedBy)",
        new
        {
            certificate.Serial,
            vehicle,
            now = scope.Now.ToUnixTimeMilliseconds(),
            end = certificate.NotAfter.ToUnixTimeMilliseconds(),
            issuedBy,
        });
}
