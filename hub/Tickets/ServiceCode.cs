namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>Codes of the services that sensors feed, as the catalogue has them.</summary>
public static class ServiceCode
{
    public const string StreetLight = "street-light-out";
    public const string Pothole = "pothole";
}
