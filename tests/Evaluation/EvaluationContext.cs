namespace ThreeOneOne.Field.Evaluation;

/// <summary>What an evaluation may read.</summary>
/// <param name="Root">The checkout.</param>
/// <param name="Data">Folder of recordings, laid out as <c>tests/Evaluation/DATA.md</c> says; it need not exist.</param>
/// <param name="Seed">Of everything that chance decides.</param>
/// <param name="Out">File to write to; null: only the report.</param>
internal sealed record EvaluationContext(string Root, string Data, int Seed, string? Out = null)
{
    /// <summary>Files of one kind of recording: below <c>Data/folder</c>, or in <see cref="Data"/> itself when it holds only this kind.</summary>
    public IReadOnlyList<string> Files(string folder, string pattern)
    {
        var below = Path.Combine(Data, folder);
        var from = Directory.Exists(below) ? below : Data;
        return Directory.Exists(from)
            ? [.. Directory.EnumerateFiles(from, pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal)]
            : [];
    }
}
