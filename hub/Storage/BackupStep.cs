using System.Data.Common;

namespace ThreeOneOne.Field.Hub.Storage;

/// <summary>
/// What a capability changes in the copy of the main database before the backup gets its name, so that a hub restored from
/// it does not take up what the lost one has done since: names that must not live twice, numbers that were given.
/// </summary>
/// <param name="copy">The copy, in a transaction; nobody else sees it yet.</param>
/// <param name="now">When the backup is made, UTC.</param>
public delegate void BackupStep(DbConnection copy, DateTimeOffset now);
