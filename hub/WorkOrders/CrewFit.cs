using ThreeOneOne.Field.Hub.Catalogue;
using ThreeOneOne.Field.Hub.Crews;

namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>Whether a crew can do a service: by the people's skills and by what it has with it.</summary>
public static class CrewFit
{
    /// <summary>A crew of which nobody said what it can do can do all.</summary>
    public static IReadOnlyList<string> MissingSkills(Crew crew, Service service) =>
        crew.Skills.Count == 0 || crew.Skills.Contains(service.Code) ? []
        : service.Skills.Count == 0 ? [service.Code]
        : [.. service.Skills.Where(s => !crew.Skills.Contains(s))];

    /// <summary>Of a crew of which nobody said what it has with it, nothing is known to be missing.</summary>
    public static IReadOnlyList<string> MissingEquipment(Crew crew, Service service) =>
        crew.Equipment is null ? [] : [.. service.Equipment.Where(e => !crew.Equipment.Contains(e))];

    public static bool Can(Crew crew, Service service) => MissingSkills(crew, service).Count == 0 && MissingEquipment(crew, service).Count == 0;
}
