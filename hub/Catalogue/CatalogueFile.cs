using System.Globalization;
using System.Text.Json;
using ThreeOneOne.Field.Hub.Imports;

namespace ThreeOneOne.Field.Hub.Catalogue;

/// <summary>Reads and checks a city's catalogue. Whatever is wrong is told at once, each with its line and place in the file.</summary>
public static class CatalogueFile
{
    // Two years: a target further away is none.
    private const double LongestTargetHours = 17_520;
    private const double WidestM = 200;
    private const int Priorities = 4;

    private static readonly string[] Days = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

    /// <param name="path">As the settings say.</param>
    /// <param name="zone">The city's time zone.</param>
    /// <exception cref="InvalidDataException">The file is missing, or not a catalogue: the message has a line for each fault.</exception>
    public static ServiceCatalogue Read(string path, TimeZoneInfo zone)
    {
        var full = Path.IsPathRooted(path) ? path : Path.Combine(AppContext.BaseDirectory, path);
        try
        {
            return Parse(File.ReadAllBytes(full), zone);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or InvalidDataException)
        {
            throw new InvalidDataException($"{full} is no usable service catalogue (Catalogue:File):\n{(e is JsonException json ? JsonLines.Explain(json) : e.Message)}", e);
        }
    }

    /// <exception cref="InvalidDataException">A line for each fault.</exception>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static ServiceCatalogue Parse(ReadOnlyMemory<byte> json, TimeZoneInfo zone)
    {
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false, CommentHandling = JsonCommentHandling.Skip });
        var faults = new List<string>();
        var root = new CatalogueNode(document.RootElement, "", faults);
        var departments = root.List("departments", n => new Department(n.Code("code"), n.Text("title")) { Titles = n.Languages("titles") });
        var calendars = root.List("calendars", n => Calendar(n, zone)).OfType<BusinessCalendar>().ToList();
        var pauses = root.List("pauseReasons", n => new PauseReason(n.Code("code"), n.Text("title"), n.Text("wording")) { Titles = n.Languages("titles") });
        var resolutions = root.List("resolutions", n => new Resolution(n.Code("code"), n.Text("title"), n.Text("wording"), n.Flag("closes", true)) { Titles = n.Languages("titles") });
        var stages = root.Map("stages");
        var services = root.List("services", n => One(n, calendars, departments, pauses, resolutions)).OfType<Service>().ToList();
        root.Done();
        if (services.Count == 0 && faults.Count == 0) faults.Add("services: expected at least one");
        Unique(faults, "departments", departments.Select(d => d.Code));
        Unique(faults, "calendars", calendars.Select(c => c.Code));
        Unique(faults, "pauseReasons", pauses.Select(p => p.Code));
        Unique(faults, "resolutions", resolutions.Select(r => r.Code));
        Unique(faults, "services", services.Select(s => s.Code));
        if (faults.Count == 0) return new ServiceCatalogue(services, departments, pauses, resolutions, stages);
        var lines = new JsonLines(json.Span);
        throw new InvalidDataException(string.Join('\n', faults.Select(f => lines.At(f[..f.IndexOf(':', StringComparison.Ordinal)], f))));
    }

    private static Service? One(
        CatalogueNode n, List<BusinessCalendar> calendars, IReadOnlyList<Department> departments, IReadOnlyList<PauseReason> pauses, IReadOnlyList<Resolution> resolutions)
    {
        var calendar = n.Text("calendar");
        var found = calendars.Find(c => c.Code == calendar);
        if (found is null) n.Fault("calendar", $"one of {string.Join(", ", calendars.Select(c => c.Code))}");
        var attributes = n.List("attributes", Attribute);
        var service = new Service
        {
            Code = n.Code("code"), Title = n.Text("title"), Titles = n.Languages("titles"), Description = n.Text("description"), Group = n.Text("group"), Keywords = n.Texts("keywords"),
            Department = n.Text("department"), ByDistrict = n.Map("byDistrict"), Type = n.Word("type", ServiceType.Realtime),
            Attributes = [.. attributes.Select((a, i) => a with { Order = i + 1 })],
            TargetHours = n.Numbers("targetHours", 0.25, LongestTargetHours), Calendar = found!, PauseReasons = n.Texts("pauseReasons"),
            Resolutions = n.Texts("resolutions"), Escalation = n.List("escalation", e => new EscalationStep((int)e.Number("percent", 1, 1_000, 100), e.Text("notify"))),
            AllowSensor = n.Flag("sensor", false), Public = n.Flag("public", true), Urgency = (int)n.Number("urgency", 0, 3, 0),
            UrgentWords = n.Texts("urgentWords"), Asset = n.Text("asset", required: false) is { Length: > 0 } asset ? asset : null,
            RadiusM = n.Number("radiusM", 0, WidestM, 15), Skills = n.Texts("skills"), Equipment = n.Texts("equipment"),
        };
        Known(n, "department", [service.Department], departments.Select(d => d.Code));
        Known(n, "byDistrict", service.ByDistrict.Values, departments.Select(d => d.Code));
        Known(n, "pauseReasons", service.PauseReasons, pauses.Select(p => p.Code));
        Known(n, "resolutions", service.Resolutions, resolutions.Select(r => r.Code));
        if (service.Resolutions.Count == 0) n.Fault("resolutions", "at least one");
        if (service.TargetHours.Count != Priorities || service.TargetHours.Zip(service.TargetHours.Skip(1)).Any(p => p.First > p.Second))
            n.Fault("targetHours", $"{Priorities} numbers, the shortest first");
        if (service.Escalation.Zip(service.Escalation.Skip(1)).Any(p => p.First.Percent >= p.Second.Percent)) n.Fault("escalation", "rising percents");
        if (service.UrgentWords.Any(w => w.Any(char.IsUpper))) n.Fault("urgentWords", "lower case");
        if (attributes.GroupBy(a => a.Code).FirstOrDefault(g => g.Count() > 1) is { } twice) n.Fault("attributes", $"'{twice.Key}' only once");
        return found is null ? null : service;
    }

    private static AttributeDefinition Attribute(CatalogueNode n)
    {
        var attribute = new AttributeDefinition
        {
            Code = n.Code("code"), Datatype = n.Word("datatype", AttributeType.String), Description = n.Text("description"), Descriptions = n.Languages("descriptions"),
            Hint = n.Text("hint", required: false), Hints = n.Languages("hints"),
            Required = n.Flag("required", false), Variable = n.Flag("variable", true), Public = n.Flag("public", true), Order = 1,
            Values = n.List("values", v => new AttributeValue(v.Code("key"), v.Text("name")) { Names = v.Languages("names") }),
        };
        var isList = attribute.Datatype is AttributeType.SingleValueList or AttributeType.MultiValueList;
        if (isList != attribute.Values.Count > 0) n.Fault("values", isList ? "at least one" : "none: only lists have values");
        if (attribute.Values.DistinctBy(v => v.Key).Count() != attribute.Values.Count) n.Fault("values", "each key once");
        return attribute;
    }

    private static BusinessCalendar? Calendar(CatalogueNode n, TimeZoneInfo zone)
    {
        var code = n.Code("code");
        var week = Days.Select(day => Hours(n, day)).ToList();
        var holidays = new HashSet<DateOnly>();
        foreach (var text in n.Texts("holidays"))
        {
            if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) holidays.Add(day);
            else n.Fault("holidays", $"days such as 2026-12-25, not '{text}'");
        }

        if (week.Exists(day => day.Count > 0)) return new BusinessCalendar(code, zone, week, holidays);
        n.Fault(Days[1], "hours on at least one day, such as [\"07:00-15:30\"]");
        return null;
    }

    private static List<OpenHours> Hours(CatalogueNode n, string day)
    {
        var hours = new List<OpenHours>();
        foreach (var text in n.Texts(day))
        {
            if (text.Split('-') is [var from, var to] && Minutes(from) is { } opens && Minutes(to) is { } closes && opens < closes && (hours.Count == 0 || hours[^1].To < opens))
                hours.Add(new OpenHours(opens, closes));
            else
                n.Fault(day, $"hours such as 07:00-15:30, ascending and apart, not '{text}'");
        }

        return hours;
    }

    private static int? Minutes(string text) =>
        text == "24:00" ? OpenHours.Day
        : TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time.Hour * 60 + time.Minute
        : null;

    private static void Known(CatalogueNode n, string member, IEnumerable<string> named, IEnumerable<string> known)
    {
        var list = known.ToList();
        foreach (var code in named.Where(code => code.Length > 0 && !list.Contains(code))) n.Fault(member, $"one of {string.Join(", ", list)}, not '{code}'");
    }

    private static void Unique(List<string> faults, string list, IEnumerable<string> codes) =>
        faults.AddRange(codes.Index().Where(c => c.Item.Length > 0).GroupBy(c => c.Item).Where(g => g.Count() > 1)
            .Select(g => $"{list}[{g.Last().Index}].code: expected the code '{g.Key}' only once"));
}
