using System.ComponentModel.DataAnnotations;

namespace ThreeOneOne.Field.Hub.Telemetry;

/// <summary>
/// Time series out, as InfluxDB line protocol over HTTP: to InfluxDB 1 and 2, VictoriaMetrics, Telegraf and whatever else takes it. Off
/// without a <see cref="Url"/>.
/// </summary>
public sealed class TelemetryOptions : IValidatableObject
{
    public const string Section = "Telemetry";

    /// <summary>Address of the store without path: <c>http://127.0.0.1:8086</c>. Empty: nothing is sent.</summary>
    public string Url { get; set; } = "";

    /// <summary>How the store is spoken to: <c>/write</c> of version 1 or <c>/api/v2/write</c>.</summary>
    public TimeSeriesApi Api { get; set; } = TimeSeriesApi.V2;

    /// <summary>Database (version 1) or bucket (version 2).</summary>
    [Required]
    public string Bucket { get; set; } = "threeoneone";

    /// <summary>Organisation, version 2.</summary>
    public string Organisation { get; set; } = "";

    /// <summary>File with the token alone (version 2), or with <c>user:password</c> (version 1), readable by the hub's user only.</summary>
    public string TokenFile { get; set; } = "";

    /// <summary>
    /// Bucket (version 2) or retention policy (version 1) for positions and health of each vehicle; empty, as usual: no vehicle is ever named.
    /// The store keeps them for <see cref="VehicleDays"/>, which must be set there, too.
    /// </summary>
    public string VehicleBucket { get; set; } = "";

    /// <summary>For how many days the store keeps <see cref="VehicleBucket"/>; required with it, and shown to whoever asks the hub.</summary>
    [Range(0, 3_660)]
    public int VehicleDays { get; set; }

    /// <summary>Time between two measurements of fleet, requests and hub.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan SampleEvery { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Time between two deliveries.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan SendEvery { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Most points in one call.</summary>
    [Range(1, 100_000)]
    public int BatchPoints { get; set; } = 2_000;

    /// <summary>Most measurements that wait in memory for a store that does not answer; the oldest go first, and are counted.</summary>
    [Range(1, 10_000_000)]
    public int QueuePoints { get; set; } = 50_000;

    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(20);

    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan FirstBackOff { get; set; } = TimeSpan.FromSeconds(2);

    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan LongestBackOff { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Address of an OpenTelemetry collector, OTLP over HTTP: <c>http://127.0.0.1:4318</c>. Empty: no metrics and traces are sent. What else it
    /// needs is said by the usual variables, such as <c>OTEL_EXPORTER_OTLP_HEADERS</c>.
    /// </summary>
    public string OtlpUrl { get; set; } = "";

    /// <summary>Share of traces that are sent, 0 to 1.</summary>
    [Range(0.0, 1.0)]
    public double TraceShare { get; set; } = 0.05;

    /// <summary>Time between two deliveries of metrics to the collector.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan MetricsEvery { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>For how long the database may take to read and to write nothing before <c>/readyz</c> says that the hub is not ready.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan ReadyWithin { get; set; } = TimeSpan.FromSeconds(3);

    public bool IsOn => Url.Length > 0;

    public bool NamesVehicles => IsOn && VehicleBucket.Length > 0;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Url.Length > 0 && (!Uri.TryCreate(Url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.PathAndQuery != "/" || uri.UserInfo.Length > 0))
            yield return new ValidationResult("an http or https address without path, query or password", [nameof(Url)]);
        if (OtlpUrl.Length > 0 && (!Uri.TryCreate(OtlpUrl, UriKind.Absolute, out var collector) || collector.Scheme is not ("http" or "https") || collector.PathAndQuery != "/" || collector.UserInfo.Length > 0))
            yield return new ValidationResult("an http or https address without path, query or password", [nameof(OtlpUrl)]);
        if (TokenFile.Length > 0 && !File.Exists(TokenFile)) yield return new ValidationResult("a file that is there", [nameof(TokenFile)]);
        if (VehicleBucket.Length > 0 != VehicleDays > 0)
            yield return new ValidationResult("set together with VehicleBucket: for how many days the store keeps it", [nameof(VehicleDays)]);
        if (LongestBackOff < FirstBackOff) yield return new ValidationResult("at least FirstBackOff", [nameof(LongestBackOff)]);
    }
}
