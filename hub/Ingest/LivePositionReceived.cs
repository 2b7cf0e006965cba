using ThreeOneOne.Field.Hub.Vehicles;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Ingest;

/// <summary>A checked position of a registered vehicle on shift, or of one without a crew.</summary>
public sealed record LivePositionReceived(Vehicle Vehicle, LivePosition Position, DateTimeOffset ReceivedTime);
