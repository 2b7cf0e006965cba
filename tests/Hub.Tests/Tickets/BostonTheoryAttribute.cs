namespace ThreeOneOne.Field.Hub.Tests.Tickets;

/// <summary>Needs <c>boston311</c> of the measurement data: FIELD_DATA names its folder, beside the repository's own by default.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BostonTheoryAttribute : TheoryAttribute
{
    public BostonTheoryAttribute()
    {
        if (!Directory.Exists(Folder)) Skip = $"no measurement data at {Folder}: set FIELD_DATA";
    }

    public static string Folder { get; } = Path.Combine(
        Environment.GetEnvironmentVariable("FIELD_DATA") ?? Path.Combine(Support.Repository.Root, "..", "shared", "data"), "boston311");
}
