namespace ThreeOneOne.Field.Agent.Power;

/// <summary>
/// Asks for the computer to be turned off: by a file, which somebody with the right to do so looks for. The vehicle's program has no such
/// right and needs none.
/// </summary>
public static class PowerOff
{
    /// <summary>Makes the file. To be called when all else has ended.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    public static void Ask(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "ignition off\n");
    }
}
