using System.Text.Json;
using ThreeOneOne.Field.Evaluation.Data;
using ThreeOneOne.Field.Evaluation.Lamps;
using ThreeOneOne.Field.Evaluation.Road;
using ThreeOneOne.Field.Evaluation.Roughness;
using ThreeOneOne.Field.Evaluation.Streets;
using ThreeOneOne.Field.Evaluation.Tickets;
using ThreeOneOne.Field.Support;

namespace ThreeOneOne.Field.Evaluation.Tests;

public sealed class EvaluationsTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("evaluation-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public void Streets_are_matched_as_well_as_promised()
    {
        var report = new Report("matching", 5);
        new MatchingEvaluation(drives: 2).Run(new EvaluationContext(Repository.Root, _data, 5), report);

        Assert.Equal(4, report.Figures.Count);
        Assert.All(report.Figures, f => Assert.True(f.Ours > (f.Key.EndsWith("10s", StringComparison.Ordinal) ? 0.99 : 0.998), $"{f.Key} {f.Ours}"));
        Assert.All(report.Figures, f => Assert.True(f.Baselines.Single().Value < f.Ours));
    }

    [Fact]
    public void Planted_holes_become_tickets_through_the_agents_sensing_and_the_hubs_folds()
    {
        var report = new Report("tickets", 5);
        new TicketsEvaluation(loops: 3, days: 9, vehicles: 6).Run(new EvaluationContext(Repository.Root, _data, 5), report);

        Assert.InRange(report.Figures.Single(f => f.Key == "precision").Ours!.Value, 0.75, 1);
        Assert.InRange(report.Figures.Single(f => f.Key == "recall").Ours!.Value, 0.6, 1);
    }

    [Fact]
    public void Lights_that_go_dark_are_found_and_the_others_left_alone()
    {
        var report = new Report("lamps", 5);
        new LampsEvaluation(learningNights: 2, nightsAfter: 2, vehicles: 2, streets: 150).Run(new EvaluationContext(Repository.Root, _data, 5), report);

        var recall = report.Figures.Single(f => f.Key == "outage.all.recall");
        Assert.True(recall.Ours > 0.5 && recall.Ours > recall.Baselines.Single().Value, $"{recall.Ours} beside {recall.Baselines.Single().Value}");
        Assert.InRange(report.Figures.Single(f => f.Key == "outage.all.false_per_1000").Ours!.Value, 0, 25);
        using var line = JsonDocument.Parse(report.Line());
        Assert.Contains(line.RootElement.GetProperty("not_measured").EnumerateArray(), m => m.GetString()!.StartsWith("the real lux log", StringComparison.Ordinal));
    }

    [Fact]
    public void Roughness_comes_near_the_true_index_and_its_errors_cover_what_is_left()
    {
        var report = new Report("roughness", 5);
        new RoughnessEvaluation(streets: 6).Run(new EvaluationContext(Repository.Root, _data, 5), report);

        double Of(string key) => report.Figures.Single(f => f.Key == key).Ours!.Value;
        var rmse = report.Figures.Single(f => f.Key == "ab_profiler_rmse_m_per_km");
        Assert.InRange(rmse.Ours!.Value, 0.05, 0.6);
        Assert.True(rmse.Ours < 0.6 * rmse.Baselines.Single().Value, $"{rmse.Ours} beside {rmse.Baselines.Single().Value}");
        Assert.InRange(Of("ab_profiler_r2"), 0.85, 1);
        Assert.InRange(Of("ab_fleet_rank"), 0.9, 1);
        // Errors that are too small fail the first, errors that are wide enough for anything the second.
        Assert.InRange(Of("ab_profiler_within_2se"), 0.85, 1);
        Assert.InRange(Of("ab_profiler_se"), 0.04, 0.3);
    }

    [Fact]
    public void Without_recordings_simulated_vehicles_are_scored_and_the_report_says_what_was_not()
    {
        var report = new Report("road", 1);
        new RoadEvaluation(vehicles: 20).Run(new EvaluationContext(Repository.Root, _data, 1), report);

        Assert.All(report.Figures, f => Assert.StartsWith("simulated.", f.Key, StringComparison.Ordinal));
        var hump = report.Figures.Single(f => f.Key == "simulated.pothole_hump.auc");
        Assert.True(hump.Ours > hump.Baselines.Max(b => b.Value), $"{hump.Ours}");
        using var line = JsonDocument.Parse(report.Line());
        Assert.Equal(3, line.RootElement.GetProperty("not_measured").GetArrayLength());
    }

    [Fact]
    public void A_clip_counts_once_however_often_it_is_joined_in()
    {
        Clips("a.json", ("one", "Bache", 80), ("two", "Normal", 90));
        Clips("b.json", ("two", "Normal", 90), ("three", "Bordo", 70));

        var clips = RoadshockClips.Read(new EvaluationContext(Repository.Root, _data, 1));

        Assert.Equal(["one", "three", "two"], clips.Select(c => c.Id));
        Assert.Equal([RoadLabel.Pothole, RoadLabel.Hump, RoadLabel.Regular], clips.Select(c => c.Label));
        Assert.Equal([80, 70, 90], clips.Select(c => c.Length));
    }

    [Fact]
    public void Every_label_gives_windows_of_one_length()
    {
        Clips("a.json", ("one", "Bache", 80), ("two", "Normal", 450), ("three", "Bordo", 64));

        var windows = RoadshockClips.Read(new EvaluationContext(Repository.Root, _data, 1)).SelectMany(RoadWindow.Cut).ToList();

        Assert.Equal(4, windows.Count);
        Assert.All(windows, w => Assert.Equal(64, w.Length));
    }

    [Fact]
    public void A_recording_with_an_unknown_label_is_named()
    {
        Clips("a.json", ("one", "Charco", 80));

        Assert.Contains("a.json", Assert.Throws<InvalidDataException>(() => RoadshockClips.Read(new EvaluationContext(Repository.Root, _data, 1))).Message);
    }

    [Fact]
    public void Times_of_whole_seconds_are_spread_over_their_second()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_data, "pittsburgh")).FullName;
        File.WriteAllText(Path.Combine(folder, "trip1_sensors.csv"),
            "timestamp,latitude,longitude,speed,ax,ay,az,gx,gy,gz\n" + string.Concat(Enumerable.Range(0, 10).Select(i => $"{100 + i / 5},40,-79,8,0,-1,0,0,0,0\n")));
        File.WriteAllText(Path.Combine(folder, "trip1_potholes.csv"), "timestamp\n101.4\n");

        var drive = Assert.Single(LoopDrive.Read(new EvaluationContext(Repository.Root, _data, 1)));

        Assert.Equal([100, 100.2, 100.4, 100.6, 100.8, 101, 101.2, 101.4, 101.6, 101.8], drive.Samples.Select(s => Math.Round(s.Time, 3)));
        Assert.Equal([101.4], drive.Potholes);
    }

    [Fact]
    public void A_drive_of_uneven_times_is_brought_to_fifty_hertz()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_data, "driver_events")).FullName;
        File.WriteAllText(Path.Combine(folder, "t1_acelerometro_terra.csv"),
            "timestamp,uptimeNanos,x,y,z\n" + string.Concat(Enumerable.Range(0, 301).Select(i => FormattableString.Invariant($"now,{i * 10_000_000L},{i * 0.01},0,9.81\n"))));
        File.WriteAllText(Path.Combine(folder, "t1_groundTruth.csv"), "evento, inicio, fim\nfreada,0.5,2.1\n");

        var drive = Assert.Single(ManoeuvreDrive.Read(new EvaluationContext(Repository.Root, _data, 1)));

        Assert.Equal(150, drive.Clip.Length);
        Assert.Equal(1, drive.Clip.X[50], 4);
        Assert.Equal([(0.5, 2.1)], drive.Manoeuvres);
    }

    private void Clips(string file, params (string Id, string Type, int Length)[] clips)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_data, "roadshock")).FullName;
        var total = clips.Sum(c => c.Length);
        var samples = Enumerable.Range(0, total).Select(i => Math.Sin(i)).ToArray();
        File.WriteAllText(Path.Combine(folder, file), JsonSerializer.Serialize(new
        {
            rot_acc_x = samples,
            rot_acc_y = samples,
            rot_acc_z = samples,
            metadata = new { samples = clips.Select(c => new { placement = "Piso", type = c.Type, length = c.Length, vehicle = "v", speed = 20.0, sample_uuid = c.Id }) },
        }));
    }
}
