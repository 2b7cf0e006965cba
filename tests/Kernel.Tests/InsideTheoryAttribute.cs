namespace ThreeOneOne.Field.Kernel.Tests;

/// <inheritdoc cref="InsideFactAttribute"/>
[AttributeUsage(AttributeTargets.Method)]
public sealed class InsideTheoryAttribute : TheoryAttribute
{
    public InsideTheoryAttribute()
    {
        if (Environment.GetEnvironmentVariable("FIELD_GUEST") != "inside") Skip = InsideFactAttribute.Why;
    }
}
