namespace ThreeOneOne.Field.Support;

/// <summary>
/// Who runs the servers of a test: when the tests are root, the user <c>field311</c> if there is one, else <c>nobody</c>,
/// because PostgreSQL refuses root and mosquitto drops its rights and then cannot save.
/// </summary>
public sealed record UnprivilegedUser(string Name, int Uid, int Gid)
{
    /// <summary>Null when the tests do not run as root.</summary>
    public static UnprivilegedUser? Current { get; } = Environment.IsPrivilegedProcess ? Find("field311") ?? Find("nobody") : null;

    /// <summary>Gives a file or folder and all in it to the user.</summary>
    public void Own(string path) => Run("chown", "-R", $"{Uid}:{Gid}", path);

    private static UnprivilegedUser? Find(string name)
    {
        var entry = File.ReadLines("/etc/passwd").Select(l => l.Split(':')).FirstOrDefault(f => f[0] == name);
        return entry is null ? null : new UnprivilegedUser(name, int.Parse(entry[2], null), int.Parse(entry[3], null));
    }

    private static void Run(string program, params string[] arguments)
    {
        using var process = System.Diagnostics.Process.Start(program, arguments);
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}");
    }
}
