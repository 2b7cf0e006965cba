namespace ThreeOneOne.Field.Boundaries.Tests;

internal static class Expect
{
    /// <summary>Fails with every finding, one a line; xunit's own message would cut them.</summary>
    public static void None(IEnumerable<string> findings)
    {
        var all = findings.ToList();
        if (all.Count > 0) Assert.Fail(string.Join('\n', all));
    }
}
