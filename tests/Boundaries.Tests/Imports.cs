using System.Text.RegularExpressions;

namespace ThreeOneOne.Field.Boundaries.Tests;

/// <summary>
/// Finds which rooms a file mentions: by using directive or full name, and by the short form <c>Room.Type</c> that a
/// shared parent namespace allows.
/// </summary>
/// <param name="prefix">Namespace of the parent: <c>ThreeOneOne.Field.Hub</c>.</param>
/// <param name="parent">Its folder: <c>hub</c>.</param>
/// <param name="sources">Every file below it.</param>
internal sealed partial class Imports(string prefix, string parent, IReadOnlyList<SourceFile> sources)
{
    private readonly Dictionary<string, HashSet<string>> typesByRoom = sources
        .Where(s => s.RoomBelow(parent) is not null)
        .GroupBy(s => s.RoomBelow(parent)!)
        .ToDictionary(g => g.Key, g => g.SelectMany(s => Declaration().Matches(s.Code).Select(m => m.Groups[1].Value)).ToHashSet());

    public IEnumerable<string> Rooms => typesByRoom.Keys;

    /// <returns>The rooms other than its own that the file mentions.</returns>
    public IReadOnlySet<string> Of(SourceFile file)
    {
        var own = file.RoomBelow(parent);
        var full = Regex.Matches(file.Code, Regex.Escape(prefix) + @"\.(\w+)").Select(m => m.Groups[1].Value).Where(typesByRoom.ContainsKey);
        var partial = Short().Matches(file.Code)
            .Where(m => typesByRoom.TryGetValue(m.Groups[1].Value, out var types) && types.Contains(m.Groups[2].Value))
            .Select(m => m.Groups[1].Value);
        return full.Concat(partial).Where(room => room != own).ToHashSet();
    }

    /// <returns>Every arrow that <paramref name="table"/> does not have, as words.</returns>
    public IReadOnlyList<string> Violations(IReadOnlyDictionary<string, string[]> table, params string[] composition) =>
    [
        .. from file in sources
           let own = file.RoomBelow(parent)
           where own is not null && !composition.Contains(own)
           from room in Of(file)
           where !table.TryGetValue(own, out var allowed) || !allowed.Contains(room)
           select $"{file.Path}: {own} may not import {room}",
    ];

    /// <returns>A circle in the table, or null.</returns>
    public static string? Circle(IReadOnlyDictionary<string, string[]> table)
    {
        string? Visit(string room, string[] path) =>
            path.Contains(room) ? string.Join(" → ", [.. path, room])
            : table.GetValueOrDefault(room, []).Select(next => Visit(next, [.. path, room])).FirstOrDefault(found => found is not null);

        return table.Keys.Select(room => Visit(room, [])).FirstOrDefault(found => found is not null);
    }

    [GeneratedRegex(@"\b(?:class|struct|record|interface|enum|delegate\s+\w+)\s+(?:struct\s+|class\s+)?([A-Z]\w*)")]
    private static partial Regex Declaration();

    [GeneratedRegex(@"(?<![\w.])([A-Z]\w*)\.([A-Z]\w*)")]
    private static partial Regex Short();
}
