using System.Globalization;

namespace ThreeOneOne.Field.Hub.CitySystem;

/// <summary>A push as the form that the city's server takes, with the city's quirks. Nothing is in it that the server didn't ask for. Pure.</summary>
public static class CityForm
{
    public static IReadOnlyList<KeyValuePair<string, string>> Of(Push push, CitySystemOptions options, TimeZoneInfo zone, string? remote)
    {
        var quirks = options.Quirks;
        var form = new List<KeyValuePair<string, string>>();
        Add(form, "jurisdiction_id", options.Jurisdiction);
        var description = quirks.Marker == CityQuirks.MarkerPlace.Description
            ? Marker.Append(push.Body.Description, push.Marker, quirks.MaxDescription)
            : push.Body.Description.Length > quirks.MaxDescription ? push.Body.Description[..quirks.MaxDescription] : push.Body.Description;
        if (push.Kind == PushKind.Update)
        {
            Add(form, "service_request_id", remote);
            Add(form, "update_id", push.Body.UpdateId);
            Add(form, "status", push.Body.Stage is { } stage ? quirks.Statuses.GetValueOrDefault(stage) : null);
            if (push.Body.At is { } at) Add(form, "updated_datetime", Time(at, quirks.Times, zone));
            Add(form, "description", description);
            return form;
        }

        Add(form, "service_code", push.Body.ServiceCode);
        if (quirks.Place != CityQuirks.PlaceForm.Address || push.Body.Address is null)
        {
            Add(form, "lat", Degrees(push.Body.Lat));
            Add(form, "long", Degrees(push.Body.Lon));
        }

        if (quirks.Place != CityQuirks.PlaceForm.Coordinates) Add(form, "address_string", push.Body.Address);
        Add(form, "description", description);
        foreach (var (code, value) in push.Body.Attributes.OrderBy(a => a.Key, StringComparer.Ordinal)) Add(form, $"attribute[{code}]", value);
        if (quirks.Marker == CityQuirks.MarkerPlace.Attribute) Add(form, $"attribute[{quirks.MarkerAttribute}]", push.Marker);
        foreach (var (name, value) in options.Reporter.OrderBy(r => r.Key, StringComparer.Ordinal)) Add(form, name, value);
        return form;
    }

    /// <summary>Whole seconds always: fractions break servers.</summary>
    public static string Time(DateTimeOffset at, CityQuirks.Zone form, TimeZoneInfo zone) => form switch
    {
        CityQuirks.Zone.Offset => TimeZoneInfo.ConvertTime(at, zone).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture),
        CityQuirks.Zone.None => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture),
        _ => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
    };

    private static string Degrees(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);

    private static void Add(List<KeyValuePair<string, string>> form, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value)) form.Add(new(name, value));
    }
}
