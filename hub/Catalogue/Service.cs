namespace ThreeOneOne.Field.Hub.Catalogue;

/// <summary>One entry of the service catalogue.</summary>
public sealed record Service
{
    /// <summary>Stable code.</summary>
    public required string Code { get; init; }

    public required string Title { get; init; }

    /// <summary>The title in other languages, by their tags; who reads another one reads <see cref="Title"/>.</summary>
    public IReadOnlyDictionary<string, string> Titles { get; init; } = new Dictionary<string, string>();

    public required string Description { get; init; }

    /// <summary>The category under which people find it.</summary>
    public required string Group { get; init; }

    public IReadOnlyList<string> Keywords { get; init; } = [];

    /// <summary>Who answers for it where <see cref="ByDistrict"/> names nobody else.</summary>
    public required string Department { get; init; }

    /// <summary>District id → department.</summary>
    public IReadOnlyDictionary<string, string> ByDistrict { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<AttributeDefinition> Attributes { get; init; } = [];

    public ServiceType Type { get; init; }

    /// <summary>Open hours of <see cref="Calendar"/> from opening to the target date, at priority 1, 2, 3 and 4.</summary>
    public required IReadOnlyList<double> TargetHours { get; init; }

    public required BusinessCalendar Calendar { get; init; }

    /// <summary>Reasons to wait that stop the clock.</summary>
    public IReadOnlyList<string> PauseReasons { get; init; } = [];

    /// <summary>How requests of it may end.</summary>
    public required IReadOnlyList<string> Resolutions { get; init; }

    /// <summary>In rising order.</summary>
    public IReadOnlyList<EscalationStep> Escalation { get; init; } = [];

    /// <summary>The hub may open requests of it from sensor evidence.</summary>
    public bool AllowSensor { get; init; }

    /// <summary>Requests of it may be seen outside.</summary>
    public bool Public { get; init; } = true;

    /// <summary>Points towards a more urgent priority that every request of it has, 0 to 3.</summary>
    public int Urgency { get; init; }

    /// <summary>Words of a report that speak of danger, in lower case.</summary>
    public IReadOnlyList<string> UrgentWords { get; init; } = [];

    /// <summary>Kind of asset that a request is about; null when it is about a place.</summary>
    public string? Asset { get; init; }

    /// <summary>Two places this near to each other may be one defect, metres, before the errors of their positions.</summary>
    public double RadiusM { get; init; } = 15;

    /// <summary>What a crew must be able to do, in the city's words; a crew that names the service's code itself can do it, too.</summary>
    public IReadOnlyList<string> Skills { get; init; } = [];

    /// <summary>What a crew must have with it.</summary>
    public IReadOnlyList<string> Equipment { get; init; } = [];

    public string DepartmentIn(string? district) => district is not null && ByDistrict.TryGetValue(district, out var own) ? own : Department;

    /// <summary>Open time to the target date at a priority.</summary>
    public TimeSpan TargetWork(int priority) => TimeSpan.FromHours(TargetHours[Math.Clamp(priority, 1, TargetHours.Count) - 1]);

    /// <summary>The target date of a request whose clock never stops.</summary>
    public DateTimeOffset TargetFrom(DateTimeOffset opened, int priority) => Calendar.Add(opened, TargetWork(priority));

    /// <summary>True when a report speaks of danger: one of the words stands at the beginning of a word of it.</summary>
    public bool IsUrgent(string? text)
    {
        if (text is null) return false;
        foreach (var word in UrgentWords)
        {
            for (var at = text.IndexOf(word, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(word, at + 1, StringComparison.OrdinalIgnoreCase))
            {
                if (at == 0 || !char.IsLetter(text[at - 1])) return true;
            }
        }

        return false;
    }

    /// <summary>What is wrong with the answers to <see cref="Attributes"/>, by code; empty when nothing is.</summary>
    public IReadOnlyDictionary<string, string> AttributeFaults(IReadOnlyDictionary<string, string> answers)
    {
        var faults = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var code in answers.Keys.Where(code => !Attributes.Any(a => a.Code == code && a.Variable))) faults[code] = $"no attribute of {Code}";
        foreach (var attribute in Attributes.Where(a => a.Variable))
        {
            if (!answers.TryGetValue(attribute.Code, out var answer) || answer.Length == 0)
            {
                if (attribute.Required) faults[attribute.Code] = "required";
            }
            else if (attribute.Fault(answer) is { } fault)
            {
                faults[attribute.Code] = fault;
            }
        }

        return faults;
    }
}
