using System.Globalization;
using ThreeOneOne.Field.Evaluation;
using ThreeOneOne.Field.Evaluation.Lamps;
using ThreeOneOne.Field.Evaluation.Position;
using ThreeOneOne.Field.Evaluation.Road;
using ThreeOneOne.Field.Evaluation.Roughness;
using ThreeOneOne.Field.Evaluation.Streets;
using ThreeOneOne.Field.Evaluation.Tickets;

IEvaluation[] evaluations = [new RoadEvaluation(), new MatchingEvaluation(), new TrainShock(), new TicketsEvaluation(), new RoughnessEvaluation(),
    new GeotagEvaluation(), new ArrivalEvaluation(), new ParkedEvaluation(), new LampsEvaluation()];
if (args.Length == 0 || args[0] is "--help" or "-h")
{
    Console.WriteLine("tests/evaluate.sh NAME [--data DIR] [--seed N] [--out FILE]: figures beside their baselines, and one last line of JSON\n");
    foreach (var each in evaluations) Console.WriteLine($"  {each.Name,-10} {each.Purpose}");
    Console.WriteLine("\n  --data DIR  recordings, laid out as tests/Evaluation/DATA.md says (default: FIELD_DATA, else ../shared/data)");
    Console.WriteLine("  --out FILE  where train-shock writes the weights");
    return 0;
}

if (Array.Find(evaluations, e => e.Name == args[0]) is not { } evaluation)
{
    Console.Error.WriteLine($"'{args[0]}' is no evaluation; these are: {string.Join(", ", evaluations.Select(e => e.Name))}");
    return 2;
}

var options = new Dictionary<string, string> { ["--seed"] = "311", ["--root"] = Directory.GetCurrentDirectory() };
for (var i = 1; i < args.Length; i += 2)
{
    if (args[i] is not ("--data" or "--seed" or "--root" or "--out") || i + 1 == args.Length)
    {
        Console.Error.WriteLine($"'{args[i]}': expected --data DIR, --seed N or --out FILE");
        return 2;
    }

    options[args[i]] = args[i + 1];
}

if (!int.TryParse(options["--seed"], NumberStyles.None, CultureInfo.InvariantCulture, out var seed))
{
    Console.Error.WriteLine($"--seed {options["--seed"]}: expected a whole number");
    return 2;
}

if (options.TryGetValue("--data", out var data) && !Directory.Exists(data))
{
    Console.Error.WriteLine($"--data {data}: there is no such folder");
    return 2;
}

data ??= Environment.GetEnvironmentVariable("FIELD_DATA") is { Length: > 0 } set ? set : Path.Combine(options["--root"], "..", "shared", "data");
try
{
    var report = new Report(evaluation.Name, seed);
    evaluation.Run(new EvaluationContext(options["--root"], Path.GetFullPath(data), seed, options.GetValueOrDefault("--out")), report);
    report.Write(Console.Out);
    return 0;
}
catch (Exception e) when (e is IOException or InvalidDataException or System.Text.Json.JsonException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
