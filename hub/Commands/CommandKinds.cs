namespace ThreeOneOne.Field.Hub.Commands;

/// <summary>What the hub knows of kinds of commands. Another kind is the vehicle's to judge.</summary>
public static class CommandKinds
{
    public const string Logs = "logs";
    public const string Capture = "capture";
    public const string Restart = "restart";
    public const string Wipe = "wipe";

    /// <summary>What somebody must be allowed beside <c>commands.write</c>; null for no more.</summary>
    public static string? Permission(string? kind) => kind switch
    {
        Logs => "vehicles.logs",
        Capture => "vehicles.capture",
        Restart => "vehicles.restart",
        Wipe => "vehicles.wipe",
        _ => null,
    };

    /// <summary>True for those whose result may bring a file.</summary>
    public static bool BringsFile(string kind) => kind is Logs or Capture;
}
