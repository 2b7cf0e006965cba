namespace ThreeOneOne.Field.Kernel.Tests.Inside;

/// <summary>A trigger of the kernel's timer.</summary>
internal sealed class SoftTrigger : IDisposable
{
    private const string Folder = "/sys/kernel/config/iio/triggers/hrtimer";

    private readonly string name;

    public SoftTrigger(string name)
    {
        this.name = name;
        Directory.CreateDirectory(Path.Combine(Folder, name));
    }

    public void Dispose() => Directory.Delete(Path.Combine(Folder, name));
}
