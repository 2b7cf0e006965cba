using System.Globalization;
using ThreeOneOne.Field.Hub.Assets;
using ThreeOneOne.Field.Hub.Automation;
using ThreeOneOne.Field.Hub.Catalogue;
using ThreeOneOne.Field.Hub.Districts;
using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Rehearsal;
using ThreeOneOne.Field.Hub.Sites;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.StreetLights;
using ThreeOneOne.Field.Hub.Streets;
using ThreeOneOne.Field.Hub.Tickets;
using ThreeOneOne.Field.Settings;

namespace ThreeOneOne.Field.Hub.Web;

/// <summary>
/// <c>field-hub rules rehearse</c>: what changed rules would have made of the observations that are stored, beside what
/// today's make of them. Reads beside a running hub and writes nothing.
/// </summary>
public static class RulesCommand
{
    private const int Failed = 1;
    private const string Usage = """
        field-hub rules rehearse [--since 90d] [--until TIME] [--Sites:Key=value …] [--Tickets:Key=value …] [settings]
          replays what vehicles sent and crews found, under the rules of the settings file and under the changed ones, and
          prints what would differ: requests opened, not opened, withdrawn, kept, moved, by district
          --since N d|h    that long before the end; 90d unless told
          --until TIME     the end, such as 2026-11-20T00:00:00Z; unless told when the newest reading arrived. The same
                           end gives the same bytes again, whatever arrives meanwhile
          The data is only read. Progress goes to standard error.
        """;

    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, CancellationToken cancel)
    {
        if (args is ["rehearse", "--help" or "-h"] or ["--help" or "-h"])
        {
            await output.WriteLineAsync(Usage).ConfigureAwait(false);
            return 0;
        }

        if (args is not ["rehearse", .. var rest] || Arguments.Parse(rest) is not { } arguments)
        {
            await error.WriteLineAsync(Usage).ConfigureAwait(false);
            return SettingsReader.ExitCode;
        }

        if (Read(arguments.Settings, error) is not { } today || Read([.. arguments.Settings, .. arguments.Changes], error) is not { } changed) return SettingsReader.ExitCode;
        LowPriority.TakeForProcess();
        try
        {
            if (DataFolder.UseFault(today.Storage, Environment.IsPrivilegedProcess) is { } fault) throw new InvalidOperationException(fault);
            return await RehearseAsync(today, changed, arguments, output, error, cancel).ConfigureAwait(false);
        }
        catch (Exception e) when (e is InvalidOperationException or IOException or UnauthorizedAccessException or InvalidDataException or TimeoutException)
        {
            await error.WriteLineAsync(e.Message).ConfigureAwait(false);
            return Failed;
        }
    }

    private static async Task<int> RehearseAsync(
        HubSettings today, HubSettings changed, Arguments arguments, TextWriter output, TextWriter error, CancellationToken cancel)
    {
        using var none = new ReactionCatalogue([]);
        await using var database = new Database(today.Storage, none, [], TimeProvider.System);
        var observations = new StoredObservations(database);
        if (arguments.Until is null && await observations.NewestAsync(cancel).ConfigureAwait(false) is null)
            throw new InvalidOperationException("nothing has been received yet: there is nothing to rehearse on");
        var until = arguments.Until ?? (await observations.NewestAsync(cancel).ConfigureAwait(false))!.Value;
        var city = new City(today, await database.ReadAsync(AssetStore.All, cancel).ConfigureAwait(false), await database.ReadAsync(RoadStructureStore.All, cancel).ConfigureAwait(false));
        var findings = await database.ReadAsync(c => ObservationStore.AllMarks(new ObservationStore.Read(c, null, WithDetail: false)), cancel).ConfigureAwait(false);
        await using var nowRules = new RuleSet(today, city, none);
        await using var changedRules = new RuleSet(changed, city, none);
        var input = await new RuleRehearsal(observations, TimeProvider.System, error)
            .RunAsync(nowRules.Replay, changedRules.Replay, findings, until - arguments.Since, until, cancel).ConfigureAwait(false);
        var pairs = Comparison.Of(nowRules.Replay.Requests(), changedRules.Replay.Requests(), today.Tickets.MergeM);
        RehearsalReport.Write(
            output, input, (SiteRules.Version(today.Sites), SiteRules.Version(changed.Sites)),
            [.. Differences("Sites", today.Sites, changed.Sites), .. Differences("Tickets", today.Tickets, changed.Tickets)], pairs, at => city.Districts.Of(at)?.Name);
        return 0;
    }

    private static HubSettings? Read(IReadOnlyList<string> args, TextWriter error)
    {
        var reader = SettingsReader.Read(args, RunCommand.DefaultFile);
        var settings = HubSettings.Bind(reader);
        return reader.Report(error) ? null : settings;
    }

    private static IEnumerable<(string Key, string Now, string Changed)> Differences<T>(string section, T today, T changed) =>
        from property in typeof(T).GetProperties().Where(p => p.CanWrite).OrderBy(p => p.Name, StringComparer.Ordinal)
        let before = Convert.ToString(property.GetValue(today), CultureInfo.InvariantCulture) ?? ""
        let after = Convert.ToString(property.GetValue(changed), CultureInfo.InvariantCulture) ?? ""
        where before != after
        select ($"{section}:{property.Name}", before, after);

    /// <summary>What both sets of rules share: the city.</summary>
    private sealed class City
    {
        public City(HubSettings settings, IReadOnlyList<StreetLight> lights, IReadOnlyList<RoadStructure> structures)
        {
            Streets = StreetFiles.Load(settings.Streets);
            Districts = DistrictFile.Load(settings.Districts);
            Catalogue = CatalogueFile.Read(settings.Catalogue.File, TimeZoneInfo.FindSystemTimeZoneById(settings.Hub.TimeZone));
            Poles.Replace(lights);
            Structures.Replace(structures);
        }

        public StreetMap Streets { get; }

        public DistrictMap Districts { get; }

        public ServiceCatalogue Catalogue { get; }

        public PoleIndex Poles { get; } = new();

        public RoadStructureIndex Structures { get; } = new();
    }

    /// <summary>One set of rules, with tables of its own. Everything that it proposes is opened: it is the rules that are compared.</summary>
    private sealed class RuleSet : IAsyncDisposable
    {
        private readonly ServiceProvider services;

        public RuleSet(HubSettings settings, City city, ReactionCatalogue none)
        {
            var clock = new ReplayClock();
            var collection = new ServiceCollection();
            collection.AddLogging();
            collection.AddSingleton<TimeProvider>(clock);
            collection.AddSingleton(settings.Hub);
            collection.AddSingleton(city.Streets);
            collection.AddSingleton(city.Districts);
            collection.AddSingleton(new CityEdge(city.Districts, city.Streets, settings.Districts));
            collection.AddSingleton(city.Catalogue);
            collection.AddSingleton(city.Poles);
            collection.AddSingleton(city.Structures);
            collection.AddSites(settings.Sites);
            collection.AddStreetLights(settings.StreetLights);
            collection.AddAutomation(new AutomationOptions { Mode = AutomationMode.Automatic, DailyCap = int.MaxValue, FollowUpsAtOnce = true });
            collection.AddTickets(settings.Tickets);
            services = collection.BuildServiceProvider();
            Replay = new Replay(
                new MemoryStore(none, clock), clock, services.GetServices<IProjection>().OfType<ProjectObservations>().Single(), services.GetRequiredService<MarkSites>(),
                ActivatorUtilities.CreateInstance<FollowSites>(services), settings.Sites);
        }

        public Replay Replay { get; }

        public async ValueTask DisposeAsync()
        {
            await Replay.DisposeAsync().ConfigureAwait(false);
            await services.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>The command's own words, the settings of today's rules, and the settings that change them.</summary>
    private sealed record Arguments(TimeSpan Since, DateTimeOffset? Until, IReadOnlyList<string> Settings, IReadOnlyList<string> Changes)
    {
        /// <returns>Null when they cannot be used.</returns>
        public static Arguments? Parse(string[] args)
        {
            var (since, settings, changes) = (TimeSpan.FromDays(90), new List<string>(), new List<string>());
            DateTimeOffset? until = null;
            for (var i = 0; i < args.Length; i++)
            {
                if (args[i] is "--since" or "--until" or "--config" && i + 1 == args.Length) return null;
                switch (args[i])
                {
                    case "--since":
                        if (Duration(args[++i]) is not { } length) return null;
                        since = length;
                        break;
                    case "--until":
                        if (!DateTimeOffset.TryParse(args[++i], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)) return null;
                        until = time;
                        break;
                    case "--config":
                        settings.AddRange([args[i], args[++i]]);
                        break;
                    case var change when change.StartsWith("--Sites:", StringComparison.OrdinalIgnoreCase) || change.StartsWith("--Tickets:", StringComparison.OrdinalIgnoreCase):
                        changes.Add(change);
                        break;
                    default:
                        settings.Add(args[i]);
                        break;
                }
            }

            return new Arguments(since, until, settings, changes);
        }

        private static TimeSpan? Duration(string text) =>
            text.Length > 1 && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n > 0
                ? text[^1] switch { 'd' when n <= 36_500 => TimeSpan.FromDays(n), 'h' when n <= 876_000 => TimeSpan.FromHours(n), _ => null }
                : null;
    }
}
