namespace ThreeOneOne.Field.Hub.Enrolment;

/// <summary>
/// <c>GET /vehicle/v1/authority</c>: the certificates of the authority, PEM. Public: whoever asks compares the fingerprint with
/// the one in its code before it trusts anything.
/// </summary>
internal static class ReadAuthority
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet(
        "/vehicle/v1/authority", (CertificateAuthority authority) => TypedResults.Text(authority.AuthorityPem, "application/x-pem-file")).ForVehicles(DoorEntry.Anybody);
}
