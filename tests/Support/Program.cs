namespace ThreeOneOne.Field.Support;

/// <summary>Runs one of the programs that tests kill: <c>consume</c> or <c>hold</c>.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        switch (args)
        {
            case ["consume", var port, var topic, var file, var most]:
                await Consumer.RunAsync(int.Parse(port, null), topic, file, int.Parse(most, null)).ConfigureAwait(false);
                return 0;
            case ["hold", var port, var willTopic]:
                await Holder.RunAsync(int.Parse(port, null), willTopic).ConfigureAwait(false);
                return 0;
            default:
                await Console.Error.WriteLineAsync("usage: consume PORT TOPIC FILE ROWS | hold PORT WILL-TOPIC").ConfigureAwait(false);
                return 2;
        }
    }
}
