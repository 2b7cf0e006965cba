using System.Text.Json;
using Microsoft.Extensions.Logging;
using ThreeOneOne.Field.Agent.Outbox;

namespace ThreeOneOne.Field.Agent.Sensing;

/// <summary>Keeps over a start how late the receiver is. Written when it was first learned, when it has moved and when it became surer: seldom.</summary>
internal sealed class ReceiverMemory(StateFile file, ILogger log)
{
    private const double MovedSeconds = 0.05;
    private const double SurerShare = 0.5;

    private LagEstimate? _kept;

    /// <summary>Null when nothing is known yet. Another receiver is found out within minutes of driving by its speed; one whose place alone is as late as another's, on the first ways back.</summary>
    public LagEstimate? Read()
    {
        try
        {
            if (file.Read() is not { } bytes || JsonSerializer.Deserialize(bytes, SensingJson.Default.ReceiverNote) is not { } note) return null;
            return _kept = new LagEstimate(note.LagSeconds, note.SigmaSeconds) { OfSpeedSeconds = note.OfSpeedSeconds, Brakings = note.Brakings, Pairs = note.Pairs };
        }
        catch (Exception e) when (e is JsonException or IOException)
        {
            return null;
        }
    }

    public void Keep(LagEstimate lag)
    {
        if (_kept is { } kept && Math.Abs(kept.Seconds - lag.Seconds) < MovedSeconds && lag.SigmaSeconds > SurerShare * kept.SigmaSeconds && kept.Pairs > 0 == lag.Pairs > 0
            && kept.OfSpeedSeconds is null == lag.OfSpeedSeconds is null && !(Math.Abs((kept.OfSpeedSeconds ?? 0) - (lag.OfSpeedSeconds ?? 0)) >= MovedSeconds)) return;
        _kept = lag;
        SensingLog.ReceiverLagLearned(log, (int)Math.Round(1000 * lag.Seconds), (int)Math.Round(1000 * lag.SigmaSeconds), lag.Brakings, lag.Pairs);
        try
        {
            var note = new ReceiverNote(
                Math.Round(lag.Seconds, 3), Math.Round(lag.SigmaSeconds, 3), lag.OfSpeedSeconds is { } ofSpeed ? Math.Round(ofSpeed, 3) : null, lag.Brakings, lag.Pairs);
            file.Replace(JsonSerializer.SerializeToUtf8Bytes(note, SensingJson.Default.ReceiverNote));
        }
        catch (IOException e)
        {
            SensingLog.CannotKeepLag(log, e.Message);
        }
    }
}
