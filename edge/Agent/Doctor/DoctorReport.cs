using System.Text.Json;

namespace ThreeOneOne.Field.Agent.Doctor;

/// <summary>Writes what was found: a line each, or JSON.</summary>
internal static class DoctorReport
{
    private const string Plain = "\u001b[0m";

    public static void WriteLines(IReadOnlyList<Finding> findings, bool coloured, TextWriter output)
    {
        var width = findings.Max(f => f.Name.Length);
        foreach (var finding in findings)
        {
            var (word, colour) = finding.State switch
            {
                CheckState.Ok => ("ok   ", "\u001b[32m"),
                CheckState.Note => ("note ", "\u001b[33m"),
                CheckState.Wrong => ("WRONG", "\u001b[1;31m"),
                _ => ("-    ", "\u001b[2m"),
            };
            var state = coloured ? $"{colour}{word}{Plain}" : word;
            output.WriteLine($"{state}  {finding.Name.PadRight(width)}  {OneLine(finding.Says)}{(finding.Remedy is { } remedy ? $"  → {OneLine(remedy)}" : "")}");
        }
    }

    /// <summary>An array of objects with <c>name</c>, <c>state</c> (ok, note, wrong, skipped), <c>says</c> and, where there is one, <c>remedy</c>.</summary>
    public static void WriteJson(IReadOnlyList<Finding> findings, TextWriter output)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartArray();
            foreach (var finding in findings)
            {
                json.WriteStartObject();
                json.WriteString("name", finding.Name);
                json.WriteString("state", finding.State.ToString().ToLowerInvariant());
                json.WriteString("says", finding.Says);
                if (finding.Remedy is { } remedy) json.WriteString("remedy", remedy);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        output.WriteLine(System.Text.Encoding.UTF8.GetString(bytes.ToArray()));
    }

    // What others wrote must not draw on the technician's terminal.
    private static string OneLine(string text) => string.Concat(text.ReplaceLineEndings(" ").Where(c => !char.IsControl(c)));
}
