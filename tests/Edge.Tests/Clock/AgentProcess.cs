using System.Text;
using ThreeOneOne.Field.Agent;
using ThreeOneOne.Field.Link;
using ThreeOneOne.Field.Support;

namespace ThreeOneOne.Field.Edge.Tests.Clock;

/// <summary>The field-agent program as a process of its own, with a wall clock that lies. Its monotonic clock is the machine's.</summary>
internal sealed class AgentProcess : IAsyncDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    private readonly ServerProcess process;
    private readonly HttpClient http = new();

    private AgentProcess(ServerProcess process, int console)
    {
        this.process = process;
        http.BaseAddress = new Uri($"http://127.0.0.1:{console}");
    }

    public string Output => process.Output;

    /// <param name="wall">How far the wall clock is off, as libfaketime reads it (<c>-30d</c>, <c>+20y</c>); <c>1970</c>: at its beginning.</param>
    /// <param name="data">Data folder.</param>
    /// <param name="broker">Port of a broker with TLS on this machine.</param>
    /// <param name="tls">The vehicle's files; their certificate names it.</param>
    /// <param name="arguments">More settings.</param>
    public static AgentProcess Start(string wall, string data, int broker, TlsOptions tls, params string[] arguments)
    {
        var console = FreePort.Next();
        var off = wall == "1970" ? $"-{TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() - 20}" : wall;
        string[] all =
        [
            // Without the last of these libfaketime 0.9.10 moves the runtime's monotonic waits by the offset all the same.
            $"LD_PRELOAD={FakeTimeLibrary()}", $"FAKETIME={off}", "FAKETIME_DONT_FAKE_MONOTONIC=1", "FAKETIME_FORCE_MONOTONIC_FIX=0",
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", typeof(VehicleAgent).Assembly.Location,
            "run", "--Vehicle:Id=truck-7", "--Vehicle:Jurisdiction=cambridge-ma", $"--Vehicle:Data={data}", $"--Console:Port={console}",
            "--Link:Host=localhost", $"--Link:Port={broker}", $"--Link:CaFile={tls.CaFile}", $"--Link:CertificateFile={tls.CertificateFile}",
            $"--Link:KeyFile={tls.KeyFile}", "--Clock:SynchronizedFile=", "--Uplink:StatusSeconds=0.2", .. arguments,
        ];
        return new AgentProcess(ServerProcess.Run("env", all), console);
    }

    /// <summary>Presses something on the crew's screen, again until it is taken.</summary>
    public async Task PressAsync(string path, string body)
    {
        var answer = "no answer";
        using var late = new CancellationTokenSource(Longest);
        while (!late.IsCancellationRequested)
        {
            try
            {
                using var content = new StringContent(body, Encoding.UTF8, "application/json");
                using var response = await http.PostAsync(new Uri(path, UriKind.Relative), content, late.Token);
                answer = await response.Content.ReadAsStringAsync(late.Token);
                if (response.IsSuccessStatusCode) return;
                await Task.Delay(50, late.Token);
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
            {
                answer = e.Message;
            }
        }

        Assert.Fail($"{path} {body} was not taken: {answer}\n{Output}");
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await process.KillAsync();
        await process.DisposeAsync();
    }

    // Not the MT variant: it holds a lock around each look at the clock, and the runtime suspends threads that look.
    private static string FakeTimeLibrary() =>
        Directory.EnumerateDirectories("/usr/lib", "faketime", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 2 })
            .Select(folder => Path.Combine(folder, "libfaketime.so.1")).FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException("these tests need libfaketime: install the Debian package faketime (apt-get install faketime)");
}
