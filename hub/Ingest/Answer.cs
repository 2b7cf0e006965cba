using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Ingest;

/// <summary>What a vehicle is told apart from the acknowledgement of its records.</summary>
/// <param name="Topic">Its topic for acknowledgements, in the jurisdiction that it is in or claims to be in.</param>
/// <param name="Ack">The word.</param>
public sealed record Answer(Topic Topic, Ack Ack);
