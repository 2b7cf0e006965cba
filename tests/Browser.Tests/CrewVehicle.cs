using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Microsoft.Playwright;
using ThreeOneOne.Field.Support;
using ThreeOneOne.Field.Support.Proxy;

namespace ThreeOneOne.Field.Browser.Tests;

/// <summary>
/// One more vehicle for the running product: the real agent with the crew's page, enrolled by city IT, its line through a
/// proxy that the test can cut. Without a receiver it stands in the yard.
/// </summary>
public sealed class CrewVehicle : IAsyncDisposable
{
    public const string Pin = "471108";

    private readonly ServerFolder folder;
    private readonly FaultProxy line;
    private readonly ServerProcess agent;

    private CrewVehicle(ServerFolder folder, FaultProxy line, ServerProcess agent, Uri screen, string crew) =>
        (this.folder, this.line, this.agent, Screen, Crew) = (folder, line, agent, screen, crew);

    /// <summary>Id and name of its crew, new in each run: the hub may be one that has seen others.</summary>
    public string Crew { get; }

    /// <summary>Address of its crew's screen.</summary>
    public Uri Screen { get; }

    public string Log => agent.Output;

    /// <param name="cityIt">A page that city IT is signed in on.</param>
    /// <param name="receiver">Address of its receiver; empty: none.</param>
    public static async Task<CrewVehicle> StartAsync(IPage cityIt, string receiver = "")
    {
        var id = "yard-" + Guid.NewGuid().ToString("n")[..6];
        await cityIt.PostAsync("/api/vehicles", new { id, name = id, kind = "crewed" });
        await cityIt.PostAsync("/api/crews", new { id, name = id, members = new[] { "m-" + id } });
        await cityIt.PostAsync($"/api/members/m-{id}/pin", new { pin = Pin }, "PUT");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var csr = new CertificateRequest($"CN={id}", key, HashAlgorithmName.SHA256).CreateSigningRequestPem();
        var answer = await cityIt.PostAsync($"/api/vehicles/{id}/certificate", new { csr });

        var folder = new ServerFolder("crew");
        var line = FaultProxy.Start(answer.GetProperty("port").GetInt32());
        var port = FreePort.Next();
        var settings = new
        {
            Vehicle = new { Id = id, Jurisdiction = answer.GetProperty("jurisdiction").GetString(), Kind = "Crewed", Data = Path.Combine(folder.Path, "data") },
            Link = new
            {
                Host = "127.0.0.1", line.Port, CaFile = folder.Write("ca.pem", answer.GetProperty("ca").GetString()!),
                CertificateFile = folder.Write("vehicle.pem", answer.GetProperty("certificate").GetString()!), KeyFile = folder.Write("vehicle.key", key.ExportPkcs8PrivateKeyPem()),
            },
            Position = new { Source = receiver },
            Console = new { Port = port, PageFolder = Path.Combine(Repository.Root, "dashboards", "crew", "dist") },
        };
        var program = Path.Combine(Repository.Root, "tests", "Fleet", "bin", "Release", "net10.0", "field-agent.dll");
        var agent = ServerProcess.Run("dotnet", [program, "run", "--config", folder.Write("agent.json", JsonSerializer.Serialize(settings))]);
        await Eventually.TrueAsync(() => Answers(port) || agent.HasExited, "the screen answers", TimeSpan.FromMinutes(3));
        return agent.HasExited
            ? throw new InvalidOperationException("the agent ended: " + agent.Output)
            : new CrewVehicle(folder, line, agent, new Uri($"http://127.0.0.1:{port}/"), id);
    }

    /// <summary>No signal, from this moment on.</summary>
    public void LoseSignal()
    {
        line.Refusing = true;
        line.Cut();
    }

    public void FindSignal() => line.Refusing = false;

    public async ValueTask DisposeAsync()
    {
        await agent.DisposeAsync();
        await line.DisposeAsync();
        folder.Dispose();
    }

    private static bool Answers(int port)
    {
        try
        {
            using var socket = new TcpClient("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
