namespace ThreeOneOne.Field.Hub.CitySystem;

/// <summary><c>field-hub city check URL</c>: tries a city's server by reading alone, and prints what it supports and which settings it needs.</summary>
public static class CityCommand
{
    private const int Wrong = 2;
    private const int Failed = 1;
    private const string Usage = """
        field-hub city check URL [--jurisdiction ID] [--key-file FILE]
          reads a city's Open311 server (GeoReport v2) and prints what it supports and which settings it needs; sends nothing to it.
          URL           its endpoint, such as https://311.example.gov/open311/v2
          --key-file    for a server that wants a key for reading: sent as Authorization: Bearer
          exit codes: 0 it can be used, 1 it cannot, 2 arguments
        """;

    /// <param name="args">Arguments after <c>city</c>.</param>
    /// <param name="output">Results.</param>
    /// <param name="error">Words for people.</param>
    /// <param name="time">The clock.</param>
    /// <param name="handler">The way to the network; null: the network itself.</param>
    /// <returns>The program's exit code.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, TimeProvider time, HttpMessageHandler? handler = null)
    {
        if (args is ["check", "--help" or "-h"] or ["--help" or "-h"])
        {
            await output.WriteLineAsync(Usage).ConfigureAwait(false);
            return 0;
        }

        if (Parse(args) is not { } options)
        {
            await error.WriteLineAsync(Usage).ConfigureAwait(false);
            return Wrong;
        }

        var faults = options.Validate(new(options)).ToList();
        if (faults.Count > 0)
        {
            foreach (var fault in faults) await error.WriteLineAsync($"{string.Join(", ", fault.MemberNames)}: expected {fault.ErrorMessage}").ConfigureAwait(false);
            return Wrong;
        }

        var pace = new CityPace(options, time);
        options.Quirks.Key = CityQuirks.KeyPlace.Bearer;
        using var http = new CityHttp(options, handler ?? CityHttp.Handler(options), pace, time);
        var check = new CityCheck((format, path, query) =>
        {
            options.Quirks.Format = format;
            return http.GetAsync(path, [new("jurisdiction_id", options.Jurisdiction), .. query], CancellationToken.None);
        }, time.GetUtcNow());
        var usable = await check.RunAsync().ConfigureAwait(false);
        await WriteAsync(check, options, usable, output).ConfigureAwait(false);
        return usable ? 0 : Failed;
    }

    private static CitySystemOptions? Parse(string[] args)
    {
        if (args is not ["check", var url, .. var rest] || url.StartsWith('-')) return null;
        var options = new CitySystemOptions { Url = url };
        for (var i = 0; i < rest.Length; i += 2)
        {
            if (i + 1 == rest.Length) return null;
            if (rest[i] == "--jurisdiction") options.Jurisdiction = rest[i + 1];
            else if (rest[i] == "--key-file") options.KeyFile = rest[i + 1];
            else return null;
        }

        return options;
    }

    private static async Task WriteAsync(CityCheck check, CitySystemOptions options, bool usable, TextWriter output)
    {
        var width = check.Findings.Max(f => f.What.Length);
        foreach (var finding in check.Findings)
        {
            await output.WriteLineAsync($"{finding.What.PadRight(width)}  {finding.Found}").ConfigureAwait(false);
            if (finding.Set.Length > 0) await output.WriteLineAsync($"{"".PadRight(width)}  → --CitySystem:{finding.Set}").ConfigureAwait(false);
        }

        await output.WriteLineAsync().ConfigureAwait(false);
        if (!usable)
        {
            await output.WriteLineAsync($"{options.Url} cannot be used as an Open311 endpoint: check the address, which ends before /services.json").ConfigureAwait(false);
            return;
        }

        await output.WriteLineAsync("It can be used. Settings:").ConfigureAwait(false);
        await output.WriteLineAsync($"  --CitySystem:Url={options.Url}").ConfigureAwait(false);
        if (options.Jurisdiction.Length > 0) await output.WriteLineAsync($"  --CitySystem:Jurisdiction={options.Jurisdiction}").ConfigureAwait(false);
        foreach (var (key, value) in check.Advice) await output.WriteLineAsync($"  --CitySystem:{key}={value}").ConfigureAwait(false);
        await output.WriteLineAsync("  --CitySystem:Services:OUR-SERVICE=CITY-CODE for each service, and --CitySystem:KeyFile=FILE to send").ConfigureAwait(false);
    }
}
