using System.ComponentModel.DataAnnotations;

namespace ThreeOneOne.Field.Agent.Console;

/// <summary>The crew screen's endpoints on the vehicle. Settings section <c>Console</c>.</summary>
public sealed class ConsoleOptions
{
    /// <summary>TCP port on 127.0.0.1; 0: no console, and no web server is started.</summary>
    [Range(0, 65535)]
    public int Port { get; set; }

    /// <summary>The screen says it is locked while the vehicle moves faster, m/s; 0: never.</summary>
    [Range(0, 50)]
    public double LockAboveMps { get; set; } = 2.5;
}
