using ThreeOneOne.Field.Security.Scene;

namespace ThreeOneOne.Field.Security.Attacks;

/// <summary>What is for people asked of the vehicles' door, by a vehicle and by somebody with a key; what is for vehicles asked of the people's port.</summary>
public sealed class WrongDoor : IAttack
{
    private static readonly string[] Spellings = ["vehicle/v1/identity", "VEHICLE/V1/identity", "vehicle/v1/./identity", "vehicle%2fv1%2fidentity", "/vehicle/v1/identity", "vehicle/v1/identity/", "api/../vehicle/v1/authority"];

    public string Name => "each other's addresses at door and port";

    public async Task<string?> ControlAsync(SecurityScene scene, CancellationToken stop)
    {
        using var certificate = scene.Victim.Load();
        using var door = Door.Open(scene, certificate);
        if (await Door.AskAsync(door, "GET", "vehicle/v1/identity", stop).ConfigureAwait(false) is not 200 and var odd) return $"a vehicle at its door is answered {odd}";
        using var answer = await scene.Hub.SendAsync(HttpMethod.Get, "api/vehicles", null, withKey: true, stop).ConfigureAwait(false);
        return answer.IsSuccessStatusCode ? null : $"a person at the port is answered {(int)answer.StatusCode}";
    }

    public async Task<Tally> TryAsync(SecurityScene scene, CancellationToken stop)
    {
        var (tried, let, crashed) = (0, 0, 0);
        List<string> found = [];
        void Judge(string what, int? status, bool isPage = false)
        {
            tried++;
            if (status >= 500) crashed++;
            if (status is null or >= 400 || isPage) return;
            let++;
            found.Add($"{what} {status}");
        }

        using var certificate = scene.Mallory.Load();
        using var door = Door.Open(scene, certificate);
        door.DefaultRequestHeaders.Authorization = new("Bearer", scene.Hub.Key);
        foreach (var (method, path) in await Routes.AllAsync(scene, stop).ConfigureAwait(false)) Judge($"door: {method} {path}", await Door.AskAsync(door, method, path, stop).ConfigureAwait(false));
        foreach (var path in (string[])["", "sign-in", "assets/page.js", "metrics", "azure/events", "openapi/v1.json"]) Judge($"door: GET {path}", await Door.AskAsync(door, "GET", path, stop).ConfigureAwait(false));

        foreach (var (method, path) in Door.ForVehicles.Concat(Spellings.Select(s => ("GET", s))).Append(("GET", "vehicle/v1/authority")).Append(("POST", "vehicle/v1/enrolment")))
        {
            foreach (var withKey in (bool[])[false, true])
            {
                using var body = method == "GET" ? null : new StringContent($$"""{"csr":{{System.Text.Json.JsonSerializer.Serialize(Door.NewRequest())}},"code":"0"}""", System.Text.Encoding.UTF8, "application/json");
                using var answer = await scene.Hub.SendAsync(new HttpMethod(method), path, body, withKey, stop).ConfigureAwait(false);
                // An address that is none is one of the page's.
                Judge($"port: {method} {path}", (int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType == "text/html");
            }
        }

        return new Tally(tried, let, crashed, string.Join(", ", found.Take(3)));
    }
}
