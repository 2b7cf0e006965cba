using ThreeOneOne.Field.Hub.Catalogue;

namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>The job for which a crew is sought.</summary>
/// <param name="Service">What is asked.</param>
/// <param name="District">Id of the district; null: in none.</param>
/// <param name="Party">The contractor whose work it is; null: the city's own.</param>
/// <param name="Hours">How long such a job usually takes, hours.</param>
public sealed record SoughtJob(Service Service, string? District, string? Party, double Hours);
