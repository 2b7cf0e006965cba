namespace ThreeOneOne.Field.Kernel.Tests;

/// <summary>A test that runs in the guest alone, as root of its kernel; anywhere else it is skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class InsideFactAttribute : FactAttribute
{
    internal const string Why = "runs in the kernel's guest: bash tests/kernel.sh";

    public InsideFactAttribute()
    {
        if (Environment.GetEnvironmentVariable("FIELD_GUEST") != "inside") Skip = Why;
    }
}
