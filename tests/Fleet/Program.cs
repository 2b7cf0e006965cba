using ThreeOneOne.Field.Fleet;
using ThreeOneOne.Field.Fleet.Demo;
using ThreeOneOne.Field.Fleet.Recordings;

const string Help = """
    field-fleet: a simulated city and its vehicles

      field-fleet demo --hub field-hub.dll --agent field-agent.dll --data DIR --city DIR
                       [--port 5311] [--page-folder DIR] [--map-folder DIR]
                       [--vehicles 24] [--speed 20] [--for 60s] [--seed 311]
          Runs a hub and a fleet, and ends in one line of figures. Ctrl-C drains and ends; twice ends at once.
      field-fleet rebuild-lux-drive --log LOG1.csv --city DIR --out DIR
          Rebuilds a plausible drive from a lux log without order (Recordings/README.md).

    Exit codes: 0 done, 1 failed or something was lost, 2 wrong arguments.
    """;

try
{
    switch (args.FirstOrDefault())
    {
        case "demo":
            return await DemoCommand.RunAsync(args[1..], Console.Out);
        case "rebuild-lux-drive":
            return RebuildLuxDrive.Run(new Arguments(args[1..], ["log", "city", "out", "seed"]), Console.Out);
        case "--help" or "help" or null:
            Console.WriteLine(Help);
            return 0;
        default:
            throw new FormatException($"'{args[0]}' is no command; see --help");
    }
}
catch (FormatException e)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}
catch (InvalidDataException e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
