namespace ThreeOneOne.Field.Hub.Open311;

/// <summary>The table of everything that GeoReport v2 and its extension for updates can be asked here.</summary>
internal sealed class GeoResources(
    Discovery discovery, ReadServices services, ReadServiceRequests requests, TakeReport take, ReadToken tokens, ReadUpdates updates, TakeUpdate takeUpdate)
{
    public const string Write = "open311.write";
    public const string Update = "open311.update";

    private static readonly string[] ListNames =
    [
        "jurisdiction_id", "service_request_id", "service_code", "status", "start_date", "end_date", "updated_after", "updated_before", "q", "page", "page_size",
        "cursor", "extensions",
    ];

    private static readonly string[] ReportNames =
    [
        "api_key", "jurisdiction_id", "service_code", "lat", "long", "address_string", "address_id", "attribute[CODE]", "email", "device_id", "account_id",
        "first_name", "last_name", "phone", "description", "media_url", "media",
    ];

    private static readonly string[] UpdateNames =
    [
        "api_key", "jurisdiction_id", "service_request_id", "update_id", "status", "updated_datetime", "description", "email", "phone", "first_name", "last_name",
        "title", "media_url", "account_id", "media",
    ];

    public IReadOnlyList<GeoResource> All { get; } =
    [
        new("GET", "discovery", "Open311: describe this server", null, discovery.HandleAsync),
        new("GET", "services", "Open311: list the services of which requests can be made", null, services.ListAsync),
        new("GET", "services/{id}", "Open311: say what a service asks about a request", null, services.DefinitionAsync),
        new("GET", "requests", "Open311: list public requests", null, requests.ListAsync) { Parameters = ListNames },
        new("POST", "requests", "Open311: report something (form or multipart, api_key)", Write, take.HandleAsync) { Parameters = ReportNames },
        new("GET", "requests/{id}", "Open311: read one public request", null, requests.OneAsync) { Parameters = ["jurisdiction_id", "extensions"] },
        new("GET", "tokens/{id}", "Open311: find the request that a token leads to", null, tokens.HandleAsync),
        new("GET", "servicerequestupdates", "Open311: list public updates of requests", null, updates.HandleAsync) { Parameters = ["jurisdiction_id", "service_request_id", "start_date", "end_date", "page", "page_size"] },
        new("POST", "servicerequestupdates", "Open311: send an update of a request (form or multipart, api_key)", Update, takeUpdate.HandleAsync) { Parameters = UpdateNames },
    ];
}
