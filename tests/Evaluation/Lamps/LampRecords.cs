using ThreeOneOne.Field.Hub.Sites;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Evaluation.Lamps;

/// <summary>Lamp passes as the hub keeps them.</summary>
internal static class LampRecords
{
    public static Observation Of(string vehicle, string epoch, long seq, Stamp stamp, LampObservation lamp) => new()
    {
        Vehicle = vehicle, Epoch = epoch, Seq = seq, Kind = ObservationKind.Lamp,
        FixMs = stamp.Effective.ToUnixTimeMilliseconds(), DeviceMs = stamp.Effective.ToUnixTimeMilliseconds(),
        At = lamp.At, Verdict = (int)lamp.Verdict, Confidence = lamp.Confidence, Severity = lamp.PeakLux, Pole = lamp.Pole,
        Likelihoods = lamp.Likelihoods, Doubt = lamp.Doubt,
    };
}
