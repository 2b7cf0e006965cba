using System.Text;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Broker;

/// <summary>The files that a broker reads again when it is told to; each whole or not at all.</summary>
internal static class RulesFiles
{
    public const string Rules = "acl";
    public const string Lists = "crl.pem";
    public const string Authorities = "ca.crt";

    public static void Write(string folder, string rules, string lists, string? authorities = null)
    {
        Replace(Path.Combine(folder, Rules), rules);
        Replace(Path.Combine(folder, Lists), lists);
        if (authorities is not null) Replace(Path.Combine(folder, Authorities), authorities);
        // A revocation that was told must hold after a power cut.
        DurableFolder.Sync(folder);
    }

    private static void Replace(string file, string text)
    {
        using (var beside = new FileStream(file + ".new", FileMode.Create, FileAccess.Write))
        {
            beside.Write(Encoding.UTF8.GetBytes(text));
            beside.Flush(flushToDisk: true);
        }

        File.Move(file + ".new", file, overwrite: true);
    }
}
