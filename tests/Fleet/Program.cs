using ThreeOneOne.Field.Fleet;
using ThreeOneOne.Field.Fleet.Recordings;

const string Help = """
    field-fleet rebuild-lux-drive --log LOG1.csv --city DIR --out DIR
    """;

try
{
    switch (args.FirstOrDefault())
    {
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
