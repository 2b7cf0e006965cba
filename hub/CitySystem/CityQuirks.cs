using System.ComponentModel.DataAnnotations;

namespace ThreeOneOne.Field.Hub.CitySystem;

/// <summary>In what a city's server differs from the specification, and what it supports. <c>field-hub city check URL</c> says what to set.</summary>
public sealed class CityQuirks
{
    public enum Form
    {
        Json,
        Xml,
    }

    public enum KeyPlace
    {
        /// <summary><c>api_key</c> in the body, as the specification has it.</summary>
        Body,

        /// <summary><c>api_key</c> in the address.</summary>
        Query,

        /// <summary><c>Authorization: Bearer</c>, on reads too.</summary>
        Bearer,
    }

    public enum MarkerPlace
    {
        /// <summary>The city has no room for one: place, service and time alone tell.</summary>
        Nowhere,

        /// <summary>At the end of the description, in brackets.</summary>
        Description,

        /// <summary>In the attribute <see cref="CityQuirks.MarkerAttribute"/>.</summary>
        Attribute,
    }

    public enum Zone
    {
        /// <summary><c>2026-11-20T12:00:00Z</c>.</summary>
        Utc,

        /// <summary><c>2026-11-20T07:00:00-05:00</c>, in the hub's time zone.</summary>
        Offset,

        /// <summary><c>2026-11-20T12:00:00</c>, in UTC: some servers refuse a zone.</summary>
        None,
    }

    public enum PlaceForm
    {
        Coordinates,
        Address,
        Both,
    }

    public enum ListFilter
    {
        /// <summary><c>start_date</c> and <c>end_date</c> on the time of the request, as the specification has it.</summary>
        Requested,

        /// <summary>The server ignores both: every list is all that it gives.</summary>
        None,
    }

    /// <summary>In what requests and answers are written: <c>Json</c> or <c>Xml</c>.</summary>
    public Form Format { get; set; } = Form.Json;

    /// <summary>Where the key goes: <c>Body</c>, <c>Query</c> or <c>Bearer</c>.</summary>
    public KeyPlace Key { get; set; } = KeyPlace.Body;

    /// <summary>Where the opaque text goes by which a request is known again: <c>Description</c>, <c>Attribute</c> or <c>Nowhere</c>.</summary>
    public MarkerPlace Marker { get; set; } = MarkerPlace.Description;

    /// <summary>Code of the attribute that carries the marker.</summary>
    public string MarkerAttribute { get; set; } = "";

    /// <summary>False when the server gives no list of requests: a POST whose answer is lost then always needs a person.</summary>
    public bool CanLookUp { get; set; } = true;

    /// <summary>An empty list is answered with 404. Off, a 404 is a fault: taken for "nothing there" it would double requests.</summary>
    public bool EmptyIs404 { get; set; }

    /// <summary>How lists are narrowed: <c>Requested</c> or <c>None</c>.</summary>
    public ListFilter List { get; set; } = ListFilter.Requested;

    /// <summary>The server takes <c>updated_after</c>.</summary>
    public bool UpdatedAfter { get; set; }

    /// <summary>The server takes <c>page</c> and <c>page_size</c>.</summary>
    public bool Paging { get; set; }

    /// <summary>Rows a page, where there are pages.</summary>
    [Range(1, 1_000)]
    public int PageSize { get; set; } = 100;

    /// <summary>A list without pages that has this many rows is taken as cut off, and tells nothing about what is not on it.</summary>
    [Range(1, 100_000)]
    public int ListCap { get; set; } = 1_000;

    /// <summary>The server takes several ids, <c>service_request_id=1,2,3</c>.</summary>
    public bool IdLists { get; set; } = true;

    /// <summary>Ask for <c>extensions=true</c>.</summary>
    public bool Extensions { get; set; }

    /// <summary>The server has mySociety's <c>servicerequestupdates</c>: without it our news stays here.</summary>
    public bool Updates { get; set; }

    /// <summary>How times are written: <c>Utc</c>, <c>Offset</c> or <c>None</c>.</summary>
    public Zone Times { get; set; } = Zone.Utc;

    /// <summary>A time that the city writes without a zone is in the hub's time zone; off, in UTC.</summary>
    public bool LocalTimes { get; set; }

    /// <summary>What says where: <c>Coordinates</c>, <c>Address</c> or <c>Both</c>.</summary>
    public PlaceForm Place { get; set; } = PlaceForm.Coordinates;

    /// <summary>The city may move a request this far, to an address or an intersection, metres.</summary>
    [Range(0.0, 1_000.0)]
    public double PlaceM { get; set; } = 50;

    /// <summary>Longest description that the city keeps whole, characters.</summary>
    [Range(60, 4_000)]
    public int MaxDescription { get; set; } = 4_000;

    /// <summary>Words of a refusal (400, 409) that mean "I have this already".</summary>
    public string[] AlreadyThere { get; set; } = ["already exists", "duplicate"];

    /// <summary>Our stages in the city's words, for updates. A stage that isn't here is not told.</summary>
    public Dictionary<string, string> Statuses { get; set; } = new()
    {
        ["received"] = "OPEN", ["assigned"] = "ACTION_SCHEDULED", ["in-progress"] = "IN_PROGRESS", ["waiting"] = "IN_PROGRESS", ["could-not-complete"] = "OPEN",
        ["referred"] = "NOT_COUNCILS_RESPONSIBILITY", ["triage"] = "FOR_TRIAGE", ["field-complete"] = "FIXED", ["resolved"] = "CLOSED",
        ["withdrawn"] = "NO_FURTHER_ACTION", ["rejected"] = "NO_FURTHER_ACTION",
    };
}
