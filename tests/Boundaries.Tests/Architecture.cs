namespace ThreeOneOne.Field.Boundaries.Tests;

/// <summary>
/// The architecture drawing. An arrow that is not here is not allowed; to add one, add it here and say why in a decision
/// record. Rooms are folders: <c>hub/Tickets</c> is the namespace <c>ThreeOneOne.Field.Hub.Tickets</c>.
/// </summary>
internal static class Architecture
{
    /// <summary>Project → projects it may reference.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> Projects = new Dictionary<string, string[]>
    {
        ["Wire"] = [],
        ["Link"] = [],
        ["Settings"] = [],
        ["Agent"] = ["Wire", "Link", "Settings"],
        ["Hub"] = ["Wire", "Link", "Settings"],
        ["Support"] = ["Wire", "Link"],
        ["Fleet"] = ["Agent", "Wire", "Link", "Settings", "Support"],
        ["Bench"] = ["Agent", "Hub", "Fleet", "Wire", "Link", "Settings", "Support"],
        ["FaultLab"] = ["Fleet", "Agent", "Wire", "Link", "Settings", "Support"],
        ["Security"] = ["Fleet", "Agent", "Wire", "Link", "Settings", "Support"],
        ["Evaluation"] = ["Agent", "Hub", "Fleet", "Wire", "Link", "Settings", "Support"],
        ["Wire.Tests"] = ["Wire"],
        ["Edge.Tests"] = ["Agent", "Wire", "Link", "Settings", "Support"],
        ["Kernel.Tests"] = ["Agent", "Wire", "Link", "Settings", "Support"],
        ["Hub.Tests"] = ["Hub", "Wire", "Link", "Settings", "Support"],
        ["Fleet.Tests"] = ["Fleet", "Agent", "Wire", "Link", "Settings", "Support"],
        ["Evaluation.Tests"] = ["Evaluation", "Agent", "Hub", "Fleet", "Wire", "Link", "Settings", "Support"],
        // These see processes and addresses, never insides.
        ["EndToEnd.Tests"] = ["Wire", "Link", "Support"],
        ["Browser.Tests"] = ["Support"],
        ["Faults.Tests"] = ["Wire", "Link", "Support"],
        ["Boundaries.Tests"] = [],
    };

    /// <summary>Capability of the hub → capabilities it may import.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> Hub = new Dictionary<string, string[]>
    {
        ["Storage"] = [],
        ["Access"] = ["Storage"],
        ["Imports"] = ["Storage", "Access"],
        ["Streets"] = ["Storage", "Imports"],
        ["Map"] = ["Storage", "Access"],
        ["Vehicles"] = ["Storage", "Access"],
        ["Enrolment"] = ["Storage", "Access", "Vehicles"],
        ["Updates"] = ["Storage", "Access", "Enrolment"],
        ["Broker"] = ["Storage", "Vehicles", "Enrolment"],
        ["Azure"] = ["Access", "Vehicles", "Enrolment"],
        ["Ingest"] = ["Storage", "Access", "Vehicles"],
        ["Attachments"] = ["Storage", "Access", "Vehicles", "Ingest"],
        ["Assets"] = ["Storage", "Access", "Imports", "Streets", "Districts"],
        ["Crews"] = ["Storage", "Access", "Ingest", "Vehicles"],
        ["Sites"] = ["Storage", "Access", "Streets", "Ingest", "Assets"],
        ["StreetLights"] = ["Storage", "Access", "Streets", "Ingest", "Assets", "Sites"],
        ["Catalogue"] = ["Storage", "Access", "Imports"],
        ["Districts"] = ["Storage", "Access", "Imports", "Streets"],
        ["Tickets"] = ["Storage", "Access", "Streets", "Assets", "Sites", "StreetLights", "Catalogue", "Districts", "Attachments", "Automation"],
        ["Responsibility"] = ["Storage", "Access", "Imports", "Streets", "Assets", "Districts", "Catalogue", "Tickets"],
        ["WorkOrders"] = ["Storage", "Access", "Imports", "Responsibility", "Ingest", "Vehicles", "Crews", "Tickets", "Attachments", "Catalogue", "Districts", "Streets"],
        ["Desks"] = ["Storage", "Access", "Tickets", "WorkOrders"],
        ["Automation"] = ["Storage", "Access", "Catalogue", "Districts", "Sites"],
        ["Verification"] = ["Storage", "Access", "Assets", "Sites", "Tickets", "WorkOrders"],
        ["Rehearsal"] = ["Storage", "Ingest", "Sites", "Tickets"],
        ["Profiles"] = ["Storage", "Access", "Vehicles", "Enrolment", "Broker", "Crews", "Catalogue", "WorkOrders"],
        ["Hazards"] = ["Storage", "Access", "Ingest", "Vehicles", "Crews", "Sites", "WorkOrders"],
        ["WorkZones"] = ["Storage", "Access", "Imports", "Districts", "Sites"],
        ["Commands"] = ["Storage", "Access", "Ingest", "Vehicles", "Enrolment", "Attachments"],
        ["Fleet"] = ["Storage", "Access", "Ingest", "Vehicles", "Enrolment", "Attachments", "Commands"],
        ["Receipts"] = ["Storage", "Access", "Ingest", "Vehicles", "Crews", "Enrolment"],
        ["Open311"] = ["Storage", "Access", "Catalogue", "Districts", "Tickets", "Attachments"],
        ["Backlog"] = ["Storage", "Access", "Imports", "Catalogue", "Districts", "Tickets"],
        ["Webhooks"] = ["Storage", "Access", "Tickets", "Open311"],
        ["Live"] = ["Storage", "Access", "Streets", "Ingest", "Vehicles", "Crews", "Tickets", "WorkOrders"],
        ["CitySystem"] = ["Storage", "Access", "Catalogue", "Tickets"],
        ["Roughness"] = ["Storage", "Access", "Streets", "Ingest"],
        ["Coverage"] = ["Storage", "Access", "Streets", "Ingest", "Districts", "Tickets", "Roughness"],
        ["Telemetry"] = ["Storage", "Access", "Ingest", "Vehicles", "Streets", "Districts", "Tickets", "Coverage"],
    };

    /// <summary>Folder of the hub that puts the others together: it sees what it needs, nobody sees it.</summary>
    public const string HubComposition = "Web";

    /// <summary>What the hub's rooms may use of its root, beside their arrows.</summary>
    public static readonly string[] HubRootTypes = ["HubOptions", "HubJson", "HubSignals", "Preconditions", "ProblemCode"];

    /// <summary>Room of the agent → rooms it may import. Sources and Console reach the hub through Outbox only.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> Agent = new Dictionary<string, string[]>
    {
        ["Clock"] = [],
        ["Recordings"] = ["Clock"],
        ["Positioning"] = ["Clock", "Recordings"],
        ["Drivers"] = [],
        ["Iio"] = ["Drivers"],
        ["Gpio"] = ["Drivers"],
        ["Power"] = ["Drivers", "Gpio", "Positioning", "Recordings"],
        ["Equipment"] = ["Gpio", "Positioning", "Power", "Recordings"],
        ["Motion"] = ["Clock", "Drivers", "Iio", "Recordings", "Positioning"],
        ["Light"] = ["Clock", "Drivers", "Iio", "Recordings", "Positioning"],
        ["Panel"] = ["Drivers", "Gpio", "Outbox", "Positioning", "Recordings", "Shifts", "WorkOrders"],
        ["Sealing"] = [],
        ["Outbox"] = ["Clock", "Sealing"],
        ["Keys"] = ["Outbox", "Sealing"],
        ["Shifts"] = ["Clock", "Outbox"],
        ["Profile"] = ["Health", "Outbox"],
        ["Enrolment"] = ["Clock", "Outbox"],
        ["Azure"] = [],
        ["Health"] = ["Clock", "Outbox", "Positioning"],
        ["Sensing"] = ["Clock", "Light", "Motion", "Outbox", "Positioning", "Shifts"],
        ["WorkOrders"] = ["Clock", "Outbox", "Positioning", "Shifts"],
        ["Hazards"] = ["Clock", "Outbox", "WorkOrders"],
        ["Attachments"] = ["Clock", "Outbox"],
        ["Uplink"] = ["Attachments", "Clock", "Outbox", "Positioning", "Shifts"],
        ["Care"] = ["Attachments", "Clock", "Light", "Motion", "Outbox", "Positioning", "Shifts", "Uplink"],
        ["Tracks"] = ["Clock", "Outbox", "Positioning", "Shifts"],
        ["Updates"] = ["Health", "Outbox", "Profile"],
        ["Doctor"] = ["Clock", "Console", "Enrolment", "Gpio", "Keys", "Outbox", "Positioning", "Profile", "Sealing", "Sensing"],
        ["Console"] = ["Attachments", "Clock", "Hazards", "Light", "Outbox", "Positioning", "Profile", "Shifts", "WorkOrders"],
    };

    /// <summary>Rooms of the agent that must never see Uplink, whatever the table above comes to say.</summary>
    public static readonly string[] NeverUplink = ["Positioning", "Motion", "Light", "Panel", "Console", "Recordings"];
}
