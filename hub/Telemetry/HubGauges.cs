using System.Diagnostics.Metrics;
using ThreeOneOne.Field.Hub.Vehicles;

namespace ThreeOneOne.Field.Hub.Telemetry;

/// <summary>What is so at the moment, for whoever reads the meters.</summary>
public sealed class HubGauges : IDisposable
{
    private readonly Meter meter = new(HubSignals.Name);

    public HubGauges(VehicleRegistry registry, VehicleStatuses statuses, TelemetryWaiting waiting, TelemetryWriter writer)
    {
        meter.CreateObservableGauge("field.vehicles", () => registry.All.Count, "{vehicle}", "Registered vehicles");
        meter.CreateObservableGauge("field.vehicles.online", () => registry.All.Count(v => statuses.Find(v.Id).Online), "{vehicle}", "Vehicles that are connected");
        meter.CreateObservableGauge("field.vehicles.unsent", () => registry.All.Sum(v => (long)(statuses.Find(v.Id).Status?.Unsent ?? 0)), "{record}", "Records that vehicles still hold");
        meter.CreateObservableGauge(
            "field.vehicles.unsent.actions", () => registry.All.Sum(v => (long)(statuses.Find(v.Id).Status?.UnsentActions ?? 0)), "{record}", "Crew actions that vehicles still hold");
        meter.CreateObservableCounter("field.telemetry.points", () => writer.State.Delivered, "{point}", "Points that the time series store has taken");
        meter.CreateObservableCounter("field.telemetry.points.lost", () => writer.State.Refused + waiting.Fleet.Dropped + waiting.Vehicles.Dropped, "{point}", "Points that it never will");
        meter.CreateObservableGauge("field.telemetry.waiting", () => waiting.Fleet.Count + waiting.Vehicles.Count, "{point}", "Measurements that wait for the store");
    }

    public void Dispose() => meter.Dispose();
}
