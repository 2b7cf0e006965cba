using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Open311;

/// <summary><c>GET tokens/{token}</c>: the request that a report led to, once there is one.</summary>
internal sealed class ReadToken(Database database)
{
    public async Task<GeoAnswer> HandleAsync(GeoCall call, CancellationToken cancel)
    {
        var report = await database.ReadAsync(c => Open311Store.Token(c, null, call.Id), cancel).ConfigureAwait(false);
        return report is null
            ? GeoAnswer.Missing("no report has this token: send one that POST requests answered")
            : GeoAnswer.List("service_requests", "request", [new GeoNode.Group { { "service_request_id", report.Request }, { "token", report.Token } }]);
    }
}
