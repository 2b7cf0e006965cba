using System.Diagnostics;
using ThreeOneOne.Field.Fleet.Demo;

namespace ThreeOneOne.Field.Fleet.Tests;

public sealed class ChildProcessTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fleet-children-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task The_second_signal_kills_what_a_child_put_into_a_group_of_its_own()
    {
        var children = new Children(Path.Combine(_folder.FullName, "children.jsonl"));
        var file = Path.Combine(_folder.FullName, "grandchild");
        // As the hub starts its broker; neither listens to a polite signal.
        const string Script = "trap '' TERM INT; setsid sh -c 'trap \"\" TERM INT; echo $$ >\"$1.new\"; mv \"$1.new\" \"$1\"; while :; do sleep 600; done' sh \"$0\" & wait";
        using var child = children.Start("hub", Path.Combine(_folder.FullName, "log"), ["sh", "-c", Script, file]);
        await UntilAsync(() => File.Exists(file));
        var grandchild = int.Parse(await File.ReadAllTextAsync(file), System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(Runs(grandchild));

        children.KillAll();

        await UntilAsync(() => child.HasExited && !Runs(grandchild));
    }

    [Fact]
    public async Task What_a_killed_driver_left_is_ended_by_the_next()
    {
        var file = Path.Combine(_folder.FullName, "children.jsonl");
        using var child = new Children(file).Start("agent", Path.Combine(_folder.FullName, "log"), ["sleep", "600"]);
        Assert.Equal(1, new Children(file).EndOrphans());
        await UntilAsync(() => child.HasExited);
        Assert.Equal(0, new Children(file).EndOrphans());
    }

    // A process that was killed and that nobody waits for is a zombie: it runs no more.
    private static bool Runs(int pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            return stat[stat.LastIndexOf(')') + 2] != 'Z';
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        var began = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < Patience, "it did not happen");
            await Task.Delay(20);
        }
    }
}
