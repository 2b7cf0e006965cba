namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>What a list of requests is asked for.</summary>
/// <param name="Status">open, closed, withdrawn; null: all.</param>
/// <param name="Service">Service code; null: all.</param>
/// <param name="Text">Words of its address, title, pole or number, the last one perhaps only begun; or the beginning of its number.</param>
/// <param name="Limit">Most rows.</param>
/// <param name="After">Where the page before ended.</param>
public sealed record RequestFilter(string? Status, string? Service, string? Text, int Limit, RequestCursor? After)
{
    /// <summary>Code of the department; null: all.</summary>
    public string? Department { get; init; }

    /// <summary>Id of the district; null: all.</summary>
    public string? District { get; init; }

    /// <summary>Number of the request that they repeat; null: all.</summary>
    public string? Parent { get; init; }

    /// <summary>Whose they are: crew, contractor, referral, private or triage; null: all.</summary>
    public string? Responsible { get; init; }

    /// <summary>sensor, crew, person or resident; null: all.</summary>
    public string? Source { get; init; }

    /// <summary>The conditions of what is asked for beside status, service and text; a condition that might be none would keep the database from its indexes.</summary>
    internal IEnumerable<string> Conditions =>
        new[]
        {
            (Department, "r.department=@Department"), (District, "r.district=@District"), (Parent, "r.parent=@Parent"), (Responsible, "r.responsible=@Responsible"),
            (Source, "r.source=@Source"),
        }.Where(c => c.Item1 is not null).Select(c => c.Item2);
}
