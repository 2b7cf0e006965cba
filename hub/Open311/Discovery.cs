namespace ThreeOneOne.Field.Hub.Open311;

/// <summary><c>GET discovery</c>: where the endpoint is, and whom to ask.</summary>
internal sealed class Discovery(Open311Options options)
{
    /// <summary>When what the server offers last changed.</summary>
    private static readonly DateTimeOffset Changed = new(2026, 11, 22, 0, 0, 0, TimeSpan.Zero);

    public Task<GeoAnswer> HandleAsync(GeoCall call, CancellationToken cancel) => Task.FromResult(GeoAnswer.Ok("discovery", new GeoNode.Group
    {
        { "changeset", Changed },
        { "contact", options.Contact },
        { "key_service", options.KeyService },
        {
            "endpoints", new GeoNode.Many("endpoint",
            [
                new GeoNode.Group
                {
                    { "specification", "http://wiki.open311.org/GeoReport_v2" },
                    { "url", call.Endpoint },
                    { "changeset", Changed },
                    { "type", options.Type },
                    { "formats", new GeoNode.Many("format", [new GeoNode.Text("text/xml"), new GeoNode.Text("application/json")]) },
                },
            ])
        },
    }));
}
