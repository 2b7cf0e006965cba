using System.Data.Common;
using System.Text.Json;
using ThreeOneOne.Field.Hub.Catalogue;
using ThreeOneOne.Field.Hub.Crews;
using ThreeOneOne.Field.Hub.WorkOrders;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Profiles;

/// <summary>Puts together what a crew's screen needs: crews with their PINs, services, and what a job may take, without prices.</summary>
public sealed class CrewProfile(ServiceCatalogue catalogue, RateTable rates)
{
    /// <returns>JSON of a <see cref="VehicleProfile"/>, equal for equal content.</returns>
    public string Read(DbConnection connection, DbTransaction? transaction)
    {
        var pins = ProfileStore.Pins(connection, transaction);
        var profile = new VehicleProfile
        {
            Crews = [.. CrewStore.All(connection, transaction).Select(c => new ProfileCrew(c.Id, c.Name, [.. c.Members.Select(m => new ProfileMember(m, pins.GetValueOrDefault(m)))]))],
            Services = [.. catalogue.All.Select(s => new ProfileService(s.Code, s.Title))],
            Rates = [.. rates.Rates.Select(r => new ProfileRate(r.Code, r.Title, r.Unit, ServicesOf(r.Code)))],
        };
        return JsonSerializer.Serialize(profile, WireJson.Default.VehicleProfile);
    }

    // A rate that some service's presets name is offered there; one that none names, everywhere.
    private string[]? ServicesOf(string code)
    {
        var naming = catalogue.All.Where(s => rates.PresetsOf(s.Code).Any(p => p.Code == code)).Select(s => s.Code).ToArray();
        return naming.Length == 0 || naming.Length == catalogue.All.Count ? null : naming;
    }
}
