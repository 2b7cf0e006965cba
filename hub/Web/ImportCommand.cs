using System.Globalization;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Assets;
using ThreeOneOne.Field.Hub.Backlog;
using ThreeOneOne.Field.Hub.Imports;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.WorkZones;
using ThreeOneOne.Field.Settings;

namespace ThreeOneOne.Field.Hub.Web;

/// <summary>
/// <c>field-hub import street-lights|road-structures|work-zones|requests FILE</c>: a city's own data. While no hub serves the data; a serving one holds it in
/// memory and takes the file by <c>POST /api/imports/…</c>. A dry run only reads, also beside a running hub.
/// </summary>
public static class ImportCommand
{
    private const int SomeRejected = 1;
    private const int Nothing = 2;
    private const string Usage = """
        field-hub import street-lights FILE [--id PoleID] [--owner Owner] [--kind Description] [--fixture FixtureType] [--lamps NumLamps]
                                            [--neighbourhood Neighborhood] [--lat Latitude] [--lon Longitude]
          CSV or GeoJSON, in WGS 84. The options say what the file calls things. A pole that is known already is changed.
          Assets:StreetLightsFile is read at every start: name your own file there, or set it to nothing.
        field-hub import road-structures FILE [--layer structures] [--is KIND] [--accuracy-m 3] [--replace]
                                              [--id id] [--kind kind] [--accuracy accuracy_m] [--lat Latitude] [--lon Longitude]
          CSV or GeoJSON points, in WGS 84: utility structures (manholes, catch basins, valves), humps, joints, rail crossings. Ids are unique within a layer.
          --layer NAME     one for each file: --replace replaces no other
          --is KIND        all of the file are casting, hump, joint or rail; else the column says it of each
          --accuracy-m M   how far off its places usually are, where the column doesn't say it
          --replace        what the layer has and the file doesn't name is removed
        field-hub import work-zones FILE [--layer works] [--replace] [--id ID] [--from start_date] [--until end_date] [--label core_details.description]
          WZDx 4 or other GeoJSON lines and areas, in WGS 84: works that the city announced. What is felt in them while they last says nothing of the road.
          --layer NAME     one for each feed: --replace replaces no other
          --replace        what the layer has and the file doesn't name is taken back: it ends now, or goes if it has not begun; what is over stays
        field-hub import requests FILE [--map MAP] [--closed] [--public-text]
          CSV. MAP says what the file calls things (Backlog:MapFile otherwise; Cities/boston-ma/requests.map.json is an example).
          Each request keeps its number there as a reference: the same file again adds nothing, and closes what was closed there since.
          --closed         also those that were closed before they ever came here, as history
          --public-text    their descriptions may be seen outside; else they are internal notes
        all:
          --dry-run        only say what would be done; also while a hub runs
          --report FILE    write the rejected rows into a CSV file, instead of to standard error
          --encoding NAME  utf-8 (unless told), latin1 or windows-1252; a byte order mark says it by itself
          --delimiter C    between columns: one character, or tab; a comma unless told
          [settings]       --config FILE, --Section:Key=value
        Rows that cannot be used are told with their line and reason; the others are imported.
        exit codes: 0 every row was good, 1 some were rejected and the others imported, 2 nothing was imported
        """;

    private static readonly string[] Columns = [.. StreetLightColumns.Names.Union(RoadStructureColumns.Names).Union(WorkZoneColumns.Names)];

    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        if (args.Contains("--help") || args.Contains("-h"))
        {
            await output.WriteLineAsync(Usage).ConfigureAwait(false);
            return 0;
        }

        string[] flags = ["--dry-run", "--closed", "--public-text", "--replace"];
        var given = CommandArguments.Parse([.. args.Except(flags)], ["report", "encoding", "delimiter", "map", .. Columns]);
        if (given is not { Words: [ImportStreetLights.Kind or ImportRoadStructures.Kind or ImportWorkZones.Kind or ImportRequests.Kind, var path] } || ImportBody.Form(given.Text("encoding"), given.Text("delimiter")) is not { } form)
        {
            await error.WriteLineAsync(Usage).ConfigureAwait(false);
            return Nothing;
        }

        var reader = SettingsReader.Read([.. given.Settings], RunCommand.DefaultFile);
        var settings = HubSettings.Bind(reader);
        if (reader.Report(error)) return Nothing;
        try
        {
            await using var told = Told.To(given.Text("report"), error);
            var import = new Asked(given, path, form, args.Contains("--dry-run"), args.Contains("--closed"), args.Contains("--public-text"), args.Contains("--replace"));
            var report = await RunAsync(import, settings, told).ConfigureAwait(false);
            await output.WriteLineAsync(Summary(report)).ConfigureAwait(false);
            return report.Rejected == 0 ? 0 : report.Rejected == report.Read ? Nothing : SomeRejected;
        }
        catch (Exception e) when (e is InvalidOperationException or IOException or UnauthorizedAccessException or InvalidDataException)
        {
            await error.WriteLineAsync(e.Message).ConfigureAwait(false);
            return Nothing;
        }
    }

    private static async Task<ImportReport> RunAsync(Asked asked, HubSettings settings, Told told)
    {
        if (Directory.Exists(asked.Path)) throw new InvalidDataException($"{asked.Path}: this is a folder: name the file in it");
        if (!File.Exists(asked.Path)) throw new InvalidDataException($"{asked.Path}: there is no such file");
        await using var file = File.OpenRead(asked.Path);
        if (!file.CanSeek) throw new InvalidDataException($"{asked.Path}: it is no file that can be read twice: save it first");
        if (DataFolder.UseFault(settings.Storage, Environment.IsPrivilegedProcess) is { } fault) throw new InvalidOperationException(fault);
        using var claim = asked.DryRun ? null : Claim(settings, asked);
        settings.Storage.Serves = !asked.DryRun;
        await using var app = HubApplication.Build(settings, services => services.AddLogging(logs => logs.SetMinimumLevel(LogLevel.Error)));
        var tally = new ImportTally(told.Fault, told.Row);
        // What is wrong with the city's rules shows here, before the file is looked at.
        var (lights, structures, requests) = (
            app.Services.GetRequiredService<ImportStreetLights>(), app.Services.GetRequiredService<ImportRoadStructures>(), app.Services.GetRequiredService<ImportRequests>());
        await lights.LoadAsync(CancellationToken.None).ConfigureAwait(false);
        await structures.LoadAsync(CancellationToken.None).ConfigureAwait(false);
        var name = System.IO.Path.GetFileName(asked.Path);
        try
        {
            return asked.Given.Words[0] switch
            {
                ImportStreetLights.Kind => await lights.RunAsync(
                    file, name, asked.Form, settings.Assets.Columns.With(asked.Given.Text), tally, asked.DryRun, Actor.Console, CancellationToken.None).ConfigureAwait(false),
                ImportRoadStructures.Kind => await structures.RunAsync(
                    file, name, asked.Form, RoadStructureColumns.Of(asked.Given.Text), tally, asked.Replace, asked.DryRun, Actor.Console, CancellationToken.None).ConfigureAwait(false),
                ImportWorkZones.Kind => await app.Services.GetRequiredService<ImportWorkZones>().RunAsync(
                    file, name, asked.Form, WorkZoneColumns.Of(asked.Given.Text), tally, asked.Replace, asked.DryRun, Actor.Console, CancellationToken.None).ConfigureAwait(false),
                _ => await requests.RunAsync(
                    file, new ImportRequests.Wanted(name, asked.Form, asked.Given.Text("map"), asked.DryRun, asked.Closed, asked.PublicText), tally, Actor.Console, CancellationToken.None).ConfigureAwait(false),
            };
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{asked.Path}: {e.Message}", e);
        }
    }

    private static string Summary(ImportReport r)
    {
        var text = string.Create(CultureInfo.InvariantCulture,
            $"{r.File}: {(r.DryRun ? "would be: " : "")}{r.Read:#,0} rows, {r.Imported:#,0} imported, {r.Changed:#,0} changed, {r.Unchanged:#,0} unchanged, {r.Skipped:#,0} passed over, {(r.Removed > 0 ? $"{r.Removed:#,0} removed, " : "")}{r.Rejected:#,0} rejected");
        if (r.IsKept) text += "\n  nothing was removed: some rows have no id, so that what the file leaves out is not known; mend them and bring it again";
        return r.Reasons.Aggregate(text, (all, reason) => all + string.Create(CultureInfo.InvariantCulture, $"\n  {reason.Value,9:#,0} {reason.Key}"));
    }

    private static IDisposable Claim(HubSettings settings, Asked asked)
    {
        try
        {
            return DataFolder.Claim(settings.Storage.Folder);
        }
        catch (InvalidOperationException e)
        {
            var options = string.Concat(Columns.Select(n => (n, Text: asked.Given.Text(n))).Where(o => o.Text is not null).Select(o => $"&{o.n}={Uri.EscapeDataString(o.Text!)}"));
            throw new InvalidOperationException(
                $"a hub serves the data in {System.IO.Path.GetFullPath(settings.Storage.Folder)}: give it the file, with a key that may import (field-hub keys create --role city-it): "
                + $"curl -H \"Authorization: Bearer $KEY\" --data-binary @{asked.Path} 'http://localhost:{settings.Hub.Port}/api/imports/{asked.Given.Words[0]}?name={Uri.EscapeDataString(System.IO.Path.GetFileName(asked.Path))}{options}{(asked.Replace ? "&replace=true" : "")}'; or end it first", e);
        }
    }

    private sealed record Asked(CommandArguments Given, string Path, FileForm Form, bool DryRun, bool Closed, bool PublicText, bool Replace);

    /// <summary>Tells people of rejected rows and of how far it is.</summary>
    private sealed class Told(TextWriter? file, TextWriter error) : IAsyncDisposable
    {
        private const int RowsBetween = 50_000;

        public static Told To(string? report, TextWriter error)
        {
            if (report is null) return new Told(null, error);
            var file = new StreamWriter(report, append: false);
            file.WriteLine("line,row,reason,cause,remedy");
            return new Told(file, error);
        }

        public void Fault(RowFault fault)
        {
            if (file is null) error.WriteLine(fault);
            else file.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{fault.Line},{Cell(fault.Row)},{Cell(fault.Reason)},{Cell(fault.Cause)},{Cell(fault.Remedy)}"));
        }

        public void Row(long rows)
        {
            if (rows % RowsBetween == 0) error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rows:#,0} rows read"));
        }

        public ValueTask DisposeAsync() => file?.DisposeAsync() ?? ValueTask.CompletedTask;

        // A spreadsheet takes what begins like a formula for one.
        private static string Cell(string? text) =>
            $"\"{(text is [('=' or '+' or '-' or '@'), ..] ? "'" : "")}{text?.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
