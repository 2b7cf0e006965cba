using System.ComponentModel.DataAnnotations;
using ThreeOneOne.Field.Settings;

namespace ThreeOneOne.Field.Agent.Console;

/// <summary>The crew screen on the vehicle. Settings section <c>Console</c>.</summary>
public sealed class ConsoleOptions : IValidatableObject
{
    /// <summary>TCP port on 127.0.0.1; 0: no console, and no web server is started.</summary>
    [Range(0, 65535)]
    public int Port { get; set; }

    /// <summary>Folder of the built page, served at <c>/</c>; a relative path is beside the program; empty: only the endpoints answer. What is in it at the start is served.</summary>
    [LocalOnly]
    public string PageFolder { get; set; } = "";

    /// <summary>The screen is locked while the vehicle moves faster, m/s (2.24: 5 mph); 0: never.</summary>
    [Range(0, 50)]
    public double LockAboveMps { get; set; } = 2.24;

    /// <summary>It stays locked until the vehicle was slower for this long, seconds: traffic that creeps does not flicker.</summary>
    [Range(0, 60)]
    public double UnlockSeconds { get; set; } = 2;

    /// <summary>Whether the screen offers to record voice notes; some states ask for everybody's consent.</summary>
    public bool VoiceNotes { get; set; } = true;

    /// <summary>Dangers nearer than this are shown, metres.</summary>
    [Range(50, 50_000)]
    public double HazardsWithinM { get; set; } = 1_500;

    /// <summary>Program that reads messages out while the screen is locked, by name on PATH or by path; empty, or not there: silent.</summary>
    [LocalOnly]
    public string SpeakProgram { get; set; } = "espeak-ng";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (PageFolder.Length > 0 && !File.Exists(Path.Combine(AppContext.BaseDirectory, PageFolder, PageFiles.First)))
            yield return new ValidationResult($"a folder with {PageFiles.First}: build dashboards/crew", [nameof(PageFolder)]);
    }
}
