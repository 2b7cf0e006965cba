namespace ThreeOneOne.Field.Edge.Tests.Uplink;

/// <summary>What a <see cref="LaneRun"/> measured.</summary>
/// <param name="FixesGiven">Fixes while it ran.</param>
/// <param name="LiveArrived">Live positions that the hub received.</param>
/// <param name="LiveMsP50">Age of a live position when the hub received it.</param>
/// <param name="LiveMsP99">The same.</param>
/// <param name="Actions">Completions taken.</param>
/// <param name="ActionAckMsMax">From the crew's press to the hub's acknowledgement on the vehicle.</param>
/// <param name="ResentShare">Records sent again, of all sent.</param>
/// <param name="BytesPerSecond">On the line, upwards.</param>
/// <param name="AtHub">Records at the hub.</param>
/// <param name="Waiting">Records that still wait on the vehicle.</param>
/// <param name="Duplicates">Records that came to the hub again.</param>
internal sealed record LaneFigures(
    int FixesGiven, int LiveArrived, double LiveMsP50, double LiveMsP99, int Actions, double ActionAckMsMax, double ResentShare,
    int BytesPerSecond, int AtHub, int Waiting, int Duplicates);
