using System.Globalization;
using ThreeOneOne.Field.Security.Scene;

namespace ThreeOneOne.Field.Security;

/// <summary>Runs attacks, each between its two controls, and prints a row for each.</summary>
/// <param name="output">Where the table goes.</param>
public sealed class AttackTable(TextWriter output)
{
    /// <returns>True when nothing was let in, nothing crashed, and every control was let in.</returns>
    public async Task<bool> RunAsync(SecurityScene scene, IReadOnlyList<IAttack> attacks, CancellationToken stop)
    {
        var good = true;
        await WriteAsync("attack", "tried", "let in", "crashed", "control").ConfigureAwait(false);
        foreach (var attack in attacks)
        {
            var before = await ControlAsync(scene, attack, stop).ConfigureAwait(false);
            var tally = await TryAsync(scene, attack, stop).ConfigureAwait(false);
            var fallen = await scene.CountFallenAsync(stop).ConfigureAwait(false);
            var after = fallen > 0 ? "not asked" : await ControlAsync(scene, attack, stop).ConfigureAwait(false);
            var crashed = tally.Crashed + fallen;
            var holds = tally is { Tried: > 0, LetIn: 0 } && crashed == 0 && before is null && after is null;
            good &= holds;
            var control = before is null && after is null ? "let in" : $"NOT LET IN: {before ?? "before yes"} / {after ?? "after yes"}";
            await WriteAsync((holds ? "" : "! ") + attack.Name, Number(tally.Tried), Number(tally.LetIn), Number(crashed), tally.Note.Length == 0 ? control : $"{control}; {tally.Note}").ConfigureAwait(false);
        }

        return good;
    }

    private static async Task<string?> ControlAsync(SecurityScene scene, IAttack attack, CancellationToken stop)
    {
        try
        {
            return await attack.ControlAsync(scene, stop).ConfigureAwait(false);
        }
        catch (Exception e) when (IsTrouble(e))
        {
            return e.Message;
        }
    }

    // What breaks on the way is a finding, not the end of the table.
    private static async Task<Tally> TryAsync(SecurityScene scene, IAttack attack, CancellationToken stop)
    {
        try
        {
            return await attack.TryAsync(scene, stop).ConfigureAwait(false);
        }
        catch (Exception e) when (IsTrouble(e))
        {
            return new Tally(1, 0, 1, e.Message);
        }
    }

    private static bool IsTrouble(Exception e) => e is HttpRequestException or IOException or InvalidDataException or TimeoutException or InvalidOperationException;

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private Task WriteAsync(string attack, string tried, string letIn, string crashed, string control) =>
        output.WriteLineAsync($"{attack,-44} {tried,8} {letIn,7} {crashed,8}  {control}");
}
