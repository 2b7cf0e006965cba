using System.Security.Cryptography;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Updates;

/// <summary>The archives, each named by its hash, in the data folder.</summary>
internal sealed class UpdateFiles(StorageOptions storage)
{
    private string Folder => Path.Combine(storage.Folder, "updates");

    /// <exception cref="ArgumentException">The text is no hash.</exception>
    public string PathOf(string sha256) => UpdateManifest.IsHash(sha256) ? Path.Combine(Folder, sha256) : throw new ArgumentException("no hash", nameof(sha256));

    /// <summary>Takes a copy whose hash is the manifest's.</summary>
    /// <exception cref="InvalidOperationException">The archive is not the one that was signed.</exception>
    public void Keep(string archive, UpdateManifest manifest)
    {
        DurableFolder.Create(Folder);
        var beside = PathOf(manifest.Sha256) + ".new";
        File.Copy(archive, beside, overwrite: true);
        using (var copy = new FileStream(beside, FileMode.Open, FileAccess.ReadWrite))
        {
            var same = copy.Length == manifest.Size && Convert.ToHexStringLower(SHA256.HashData(copy)) == manifest.Sha256;
            copy.Flush(flushToDisk: true);
            if (!same)
            {
                copy.Close();
                File.Delete(beside);
                throw new InvalidOperationException($"{archive} is not the archive that was signed");
            }
        }

        File.Move(beside, PathOf(manifest.Sha256), overwrite: true);
        DurableFolder.Sync(Folder);
    }
}
