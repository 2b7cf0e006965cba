using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace ThreeOneOne.Field.Hub.Telemetry;

/// <summary>
/// Sends metrics and a share of the traces to the city's collector while the hub runs. It is made with the hub, and with it what
/// listens for <c>/metrics</c>: from the first call on, not from the first question.
/// </summary>
public sealed class CollectorExport(TelemetryOptions options, MetricsReader reader) : IHostedService, IDisposable
{
    private MeterProvider? metrics;
    private TracerProvider? traces;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reader);
        if (options.OtlpUrl.Length == 0) return Task.CompletedTask;
        var resource = ResourceBuilder.CreateDefault().AddService("field-hub");
        metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource)
            .AddMeter(HubSignals.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime")
            .AddOtlpExporter((otlp, delivery) =>
            {
                Set(otlp, "v1/metrics");
                delivery.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)options.MetricsEvery.TotalMilliseconds;
            })
            .Build();
        traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource)
            .AddSource(HubSignals.Name, "Microsoft.AspNetCore")
            // Callers do not decide what is traced, whatever their headers say.
            .SetSampler(new TraceIdRatioBasedSampler(options.TraceShare))
            .AddProcessor(new WithoutAddresses())
            .AddOtlpExporter(otlp => Set(otlp, "v1/traces"))
            .Build();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        metrics?.Shutdown(2_000);
        traces?.Shutdown(2_000);
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        metrics?.Dispose();
        traces?.Dispose();
    }

    private void Set(OtlpExporterOptions otlp, string path)
    {
        otlp.Protocol = OtlpExportProtocol.HttpProtobuf;
        otlp.Endpoint = new Uri(new Uri(options.OtlpUrl), path);
    }
}
