using System.Text;
using ThreeOneOne.Field.Agent.Sealing;

namespace ThreeOneOne.Field.Agent.Outbox;

/// <summary>
/// A small file that is replaced as a whole, encrypted when the folder has a key, and tied to its name: none can stand for
/// another.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="key">The folder's key; null without encryption.</param>
public sealed class StateFile(string path, DataKey? key = null)
{
    private const byte Sealed = 0xE3;
    private const byte Version = 1;

    /// <summary>Where it is.</summary>
    public string Path => path;

    private byte[] About => Encoding.UTF8.GetBytes(System.IO.Path.GetFileName(path));

    /// <summary>What it holds; null when there is none, or it is not this vehicle's.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public byte[]? Read()
    {
        if (!File.Exists(path)) return null;
        var bytes = File.ReadAllBytes(path);
        if (bytes is not [Sealed, Version, ..]) return key is null or { IsOnly: false } ? bytes : null;
        using var seal = key?.SealFor("state");
        return seal?.Open(bytes.AsSpan(2), About);
    }

    /// <summary>A reader finds the old bytes or the new ones, never a part.</summary>
    /// <exception cref="IOException">The disk did not take it; the old file is still there.</exception>
    public void Replace(ReadOnlySpan<byte> bytes)
    {
        if (key is null)
        {
            DurableFile.Replace(path, bytes);
            return;
        }

        using var seal = key.SealFor("state");
        DurableFile.Replace(path, [Sealed, Version, .. seal.Close(bytes, About)]);
    }

    /// <summary>Encrypts it where it is from before the key.</summary>
    public void SealNow()
    {
        if (key is not null && File.Exists(path) && File.ReadAllBytes(path) is var bytes and not [Sealed, Version, ..]) Replace(bytes);
    }

    /// <summary>Removes it, durably.</summary>
    public void Delete()
    {
        File.Delete(path);
        DurableFile.SyncFolder(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!);
    }
}
