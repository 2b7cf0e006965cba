namespace ThreeOneOne.Field.Fleet.Demo;

/// <summary>Arguments of <c>field-fleet demo</c>.</summary>
public sealed record DemoOptions
{
    public static readonly string[] Names =
        ["hub", "agent", "data", "port", "city", "page-folder", "crew-page-folder", "map-folder", "vehicles", "speed", "for", "seed", "storage", "time-series"];

    public const string Sqlite = "sqlite";
    public const string Postgres = "postgres";

    /// <summary>Longest time in which a vehicle sends what is on its disk at the end, seconds.</summary>
    public const double DrainSeconds = 30;

    private const int Most = 200;

    /// <summary>Path of <c>field-hub.dll</c> and <c>field-agent.dll</c>.</summary>
    public required string Hub { get; init; }

    public required string Agent { get; init; }

    /// <summary>Folder of the hub's and the vehicles' data; made when absent.</summary>
    public required string Data { get; init; }

    /// <summary>The city's open layers.</summary>
    public required string City { get; init; }

    /// <summary>Port of the page, 1 to 65535.</summary>
    public int Port { get; init; } = 5311;

    /// <summary>The built page, and the built tiles with glyphs; null: the hub serves none.</summary>
    public string? PageFolder { get; init; }

    /// <summary>The built page of the crew's screen; null: vehicles serve none.</summary>
    public string? CrewPageFolder { get; init; }

    public string? MapFolder { get; init; }

    /// <summary>Vehicles, 5 to 200; five of them are processes of their own.</summary>
    public int Vehicles { get; init; } = 24;

    /// <summary>Simulated seconds in one second, 1 to 60.</summary>
    public double Speed { get; init; } = 20;

    /// <summary>How long from the moment that the feed is live; null: until Ctrl-C.</summary>
    public TimeSpan? For { get; init; }

    public int Seed { get; init; } = 311;

    /// <summary>Address of a store for time series (InfluxDB 2's way of writing); null: none.</summary>
    public string? TimeSeries { get; init; }

    /// <summary>Where the hub keeps its data: <see cref="Sqlite"/> or <see cref="Postgres"/>.</summary>
    public string Storage { get; init; } = Sqlite;

    /// <exception cref="FormatException">Something is missing or out of range.</exception>
    public static DemoOptions Parse(Arguments arguments) => new()
    {
        Hub = Existing(arguments.Text("hub")),
        Agent = Existing(arguments.Text("agent")),
        Data = Path.GetFullPath(arguments.Text("data")),
        City = Path.GetFullPath(arguments.Text("city")),
        Port = arguments.Number("port", 5311, 1, 65535),
        PageFolder = arguments.Optional("page-folder"),
        CrewPageFolder = arguments.Optional("crew-page-folder"),
        MapFolder = arguments.Optional("map-folder"),
        Vehicles = arguments.Number("vehicles", 24, FleetPlan.Fewest, Most),
        Speed = arguments.Factor("speed", 20, 1, 60),
        For = arguments.Duration("for"),
        Seed = arguments.Number("seed", 311),
        TimeSeries = arguments.Optional("time-series"),
        Storage = arguments.Optional("storage") switch
        {
            null or Sqlite => Sqlite,
            Postgres => Postgres,
            var other => throw new FormatException($"--storage '{other}': expected {Sqlite} or {Postgres}"),
        },
    };

    private static string Existing(string path) =>
        File.Exists(path) ? Path.GetFullPath(path) : throw new FormatException($"{path} is missing: build the project first");
}
