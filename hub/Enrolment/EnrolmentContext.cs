using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Enrolment;

/// <summary>What the commands on identity work on: the same settings and data folder as the hub, which may be running.</summary>
/// <param name="Storage">Where the data is.</param>
/// <param name="Enrolment">Where vehicles find the hub, and how long codes live.</param>
/// <param name="Jurisdiction">Of vehicles that are registered by a command.</param>
public sealed record EnrolmentContext(StorageOptions Storage, EnrolmentOptions Enrolment, string Jurisdiction);
