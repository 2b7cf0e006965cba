namespace ThreeOneOne.Field.Kernel.Tests;

/// <summary>A test that boots guests of its own, on a machine that has one cached; anywhere else it is skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OutsideFactAttribute : FactAttribute
{
    public OutsideFactAttribute()
    {
        if (Environment.GetEnvironmentVariable("FIELD_GUEST") != "outside") Skip = "boots the kernel's guest: bash tests/kernel.sh";
    }
}
