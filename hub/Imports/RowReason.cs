namespace ThreeOneOne.Field.Hub.Imports;

/// <summary>Kinds of faults of rows, in the words that reports count them by.</summary>
public static class RowReason
{
    /// <summary>What is there is no row of its format.</summary>
    public const string Unreadable = "unreadable";
    public const string Encoding = "bad encoding";
    public const string Columns = "unequal number of columns";
    public const string Quote = "quote never closed";
    public const string TooLong = "too long";
    public const string NoId = "no id";
    public const string Twice = "id twice";
    public const string NoPlace = "no place";
    public const string NotWgs84 = "not WGS 84";
    public const string Outside = "outside the city";
    public const string NoName = "no name";
    public const string Value = "unusable value";
    public const string Date = "date unreadable";
    public const string Service = "unknown service";
    public const string Status = "unknown status";
}
