using ThreeOneOne.Field.Fleet;
using ThreeOneOne.Field.Fleet.Demo;
using ThreeOneOne.Field.Fleet.Recordings;

const string Help = """
    field-fleet: a simulated city and its vehicles

      field-fleet demo --hub FILE --agent FILE --data DIR --city DIR [options]
          Runs a hub and a fleet, prints one-time links to sign in with, and ends in one line of figures.
            --hub FILE         field-hub.dll as built
            --agent FILE       field-agent.dll as built
            --data DIR         what the hub and the vehicles keep; a second run goes on with it
            --city DIR         the city's layers: centerlines.geojson and street-lights.geojson
            --port P           port of the page on this machine, 1 to 65535 (5311)
            --page-folder DIR  the built page; without it the hub serves none
            --map-folder DIR   the built tiles and glyphs; without them there is no base map
            --vehicles N       5 to 200 (24); five are processes of their own, one of them is killed on the way
            --speed X          simulated seconds in one second, 1 to 60 (20); never beyond the present
            --for TIME         end by itself so long after the feed is live, as 60s, 5m or 2h; else at Ctrl-C
            --seed S           seed of all chance, 0 or more (311)
          Ctrl-C once: vehicles, hub and broker end in order. Twice: everything is killed at once.

      field-fleet rebuild-lux-drive --log FILE --city DIR --out DIR [--seed S]
          Rebuilds a plausible drive from a lux log without order (Recordings/README.md).

      field-fleet --help
          This text.

    Exit codes: 0 done; 1 failed, or something was lost or applied twice; 2 wrong arguments, a missing tool, a city
    or data folder that cannot be used, a port that is taken; 130 killed by a second Ctrl-C.
    """;

if (args.Length == 0 || args.Any(a => a is "--help" or "-h") || args[0] == "help")
{
    Console.WriteLine(Help);
    return 0;
}

try
{
    switch (args[0])
    {
        case "demo":
            return await DemoCommand.RunAsync(args[1..], Console.Out);
        case "rebuild-lux-drive":
            return RebuildLuxDrive.Run(new Arguments(args[1..], ["log", "city", "out", "seed"]), Console.Out);
        default:
            throw new FormatException($"'{args[0]}' is no command; see --help");
    }
}
catch (Exception e) when (e is FormatException or SetupException)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}
catch (InvalidDataException e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
