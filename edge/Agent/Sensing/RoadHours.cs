using System.Text.Json;
using Microsoft.Extensions.Logging;
using ThreeOneOne.Field.Agent.Outbox;

namespace ThreeOneOne.Field.Agent.Sensing;

/// <summary>
/// How much of the last day's driving was assessed, hour by hour, kept over starts for whoever looks for what is wrong. No place and nothing that
/// was felt. Written with each health record: a few hundred bytes.
/// </summary>
public sealed class RoadHours
{
    public const string FileName = "road.json";

    private const int Kept = 24;

    private readonly StateFile _file;
    private readonly ILogger _log;
    private readonly Lock _turn = new();
    private List<RoadHour> _hours;
    private long _assessed;
    private Dictionary<string, long> _not = [];

    public RoadHours(StateFile file, ILogger log)
    {
        (_file, _log) = (file, log);
        _hours = [.. Read(file)];
    }

    /// <summary>What a file holds; nothing when there is none or it cannot be read as one.</summary>
    /// <exception cref="IOException">The disk does not give it.</exception>
    public static IReadOnlyList<RoadHour> Read(StateFile file)
    {
        try
        {
            return file.Read() is { } bytes ? JsonSerializer.Deserialize(bytes, SensingJson.Default.ListRoadHour) ?? [] : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    /// <summary>Adds what has come since the last time to the running hour.</summary>
    /// <param name="now">By the vehicle's clock.</param>
    /// <param name="assessed">Seconds since the start.</param>
    /// <param name="not">Seconds since the start, by reason.</param>
    public void Note(DateTimeOffset now, long assessed, IReadOnlyDictionary<string, long> not)
    {
        lock (_turn)
        {
            var hour = now.ToUnixTimeSeconds() / 3_600;
            // A clock that was set back has hours that are still to come: they are nobody's.
            _hours.RemoveAll(h => h.Hour <= hour - Kept || h.Hour > hour);
            if (_hours is not [.., { } last] || last.Hour != hour) _hours.Add(last = new RoadHour(hour, 0, []));
            foreach (var (reason, seconds) in not) last.NotAssessed[reason] = last.NotAssessed.GetValueOrDefault(reason) + seconds - _not.GetValueOrDefault(reason);
            _hours[^1] = last with { Assessed = last.Assessed + assessed - _assessed };
            (_assessed, _not) = (assessed, new Dictionary<string, long>(not));
            try
            {
                _file.Replace(JsonSerializer.SerializeToUtf8Bytes(_hours, SensingJson.Default.ListRoadHour));
            }
            catch (IOException e)
            {
                SensingLog.CannotKeepRoadHours(_log, e.Message);
            }
        }
    }
}
