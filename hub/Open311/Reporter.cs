namespace ThreeOneOne.Field.Hub.Open311;

/// <summary>Who reported. Kept apart from the request, read by few, never shown outside and never logged.</summary>
internal sealed record Reporter
{
    public string? Email { get; init; }

    public string? Phone { get; init; }

    public string? FirstName { get; init; }

    public string? LastName { get; init; }

    public string? DeviceId { get; init; }

    public string? AccountId { get; init; }

    public bool IsEmpty => this == new Reporter();

    /// <summary>Not what it holds: a record would print all of it into whatever writes it somewhere.</summary>
    public override string ToString() => nameof(Reporter);

    /// <summary>Longest of each field, characters.</summary>
    private const int Longest = 200;

    public static Reporter Read(GeoFields fields, List<string> faults)
    {
        string? Field(string name)
        {
            if (fields[name] is not { } value) return null;
            if (value.Length <= Longest) return value;
            faults.Add($"{name} is too long: send at most {Longest} characters");
            return null;
        }

        return new Reporter
        {
            Email = Field("email"), Phone = Field("phone"), FirstName = Field("first_name"), LastName = Field("last_name"),
            DeviceId = Field("device_id"), AccountId = Field("account_id"),
        };
    }
}
