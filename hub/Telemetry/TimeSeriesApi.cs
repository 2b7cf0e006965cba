namespace ThreeOneOne.Field.Hub.Telemetry;

/// <summary>Which of InfluxDB's two ways of writing a store understands.</summary>
public enum TimeSeriesApi
{
    /// <summary><c>/write?db=</c>, with the user's name and password.</summary>
    V1,

    /// <summary><c>/api/v2/write?org=&amp;bucket=</c>, with a token.</summary>
    V2,
}
