namespace ThreeOneOne.Field.Hub.Catalogue;

/// <summary>The services of a city, and the words of the lists that they use. Immutable: it is read once, at the start.</summary>
public sealed class ServiceCatalogue
{
    private readonly Dictionary<string, Service> services;
    private readonly Dictionary<string, Department> departments;
    private readonly Dictionary<string, PauseReason> pauseReasons;
    private readonly Dictionary<string, Resolution> resolutions;
    private readonly IReadOnlyDictionary<string, string> stages;

    public ServiceCatalogue(
        IReadOnlyList<Service> services, IReadOnlyList<Department> departments, IReadOnlyList<PauseReason> pauseReasons,
        IReadOnlyList<Resolution> resolutions, IReadOnlyDictionary<string, string> stages)
    {
        All = services;
        Departments = departments;
        PauseReasons = pauseReasons;
        Resolutions = resolutions;
        this.stages = stages;
        this.services = services.ToDictionary(s => s.Code, StringComparer.Ordinal);
        this.departments = departments.ToDictionary(d => d.Code, StringComparer.Ordinal);
        this.pauseReasons = pauseReasons.ToDictionary(p => p.Code, StringComparer.Ordinal);
        this.resolutions = resolutions.ToDictionary(r => r.Code, StringComparer.Ordinal);
    }

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<Service> All { get; }

    public IReadOnlyList<Department> Departments { get; }

    public IReadOnlyList<PauseReason> PauseReasons { get; }

    public IReadOnlyList<Resolution> Resolutions { get; }

    public Service? Find(string? code) => code is null ? null : services.GetValueOrDefault(code);

    public Department? Department(string? code) => code is null ? null : departments.GetValueOrDefault(code);

    public PauseReason? PauseReason(string? code) => code is null ? null : pauseReasons.GetValueOrDefault(code);

    public Resolution? Resolution(string? code) => code is null ? null : resolutions.GetValueOrDefault(code);

    /// <summary>What residents read when a request comes to a stage; null when they need not hear of it.</summary>
    public string? StageWording(string stage) => stages.GetValueOrDefault(stage);
}
