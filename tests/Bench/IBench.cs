namespace ThreeOneOne.Field.Bench;

/// <summary>One benchmark of <c>tests/bench.sh</c>: prints its table as it goes and gives its figures back.</summary>
public interface IBench
{
    /// <summary>As on the command line.</summary>
    string Name { get; }

    /// <summary>One line for the help.</summary>
    string Purpose { get; }

    /// <summary>Runs it.</summary>
    /// <param name="context">Where to write, where the programs are, and the options that were given.</param>
    /// <param name="stop">Ctrl-C.</param>
    /// <returns>Figures by name, in the order to print: numbers, or strings where a figure is not a number.</returns>
    Task<IReadOnlyList<(string Name, object Value)>> RunAsync(BenchContext context, CancellationToken stop);
}
