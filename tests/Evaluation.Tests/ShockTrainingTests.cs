using ThreeOneOne.Field.Agent.Sensing.Shock;
using ThreeOneOne.Field.Evaluation.Road;
using ThreeOneOne.Field.Support;

namespace ThreeOneOne.Field.Evaluation.Tests;

public sealed class ShockTrainingTests
{
    [Fact]
    public void The_weights_that_ship_are_those_that_their_command_gives()
    {
        // Provenance says which command: its seed is this one.
        const int Seed = 1;
        Assert.Contains($"train-shock --seed {Seed} --out {WeightsFile.Path};", ShockWeights.Provenance, StringComparison.Ordinal);

        var again = WeightsFile.Text(ShockTraining.Make(Seed), Seed);

        Assert.Equal(File.ReadAllText(Path.Combine(Repository.Root, WeightsFile.Path)), again);
    }

    [Fact]
    public void Other_vehicles_give_other_weights()
    {
        var (one, other) = (ShockTraining.Make(3, vehicles: 4, rounds: 1), ShockTraining.Make(4, vehicles: 4, rounds: 1));

        Assert.NotEqual(one.Inputs, other.Inputs);
        Assert.NotEqual(one.Model.Start, other.Model.Start);
        Assert.Equal(ShockTraining.Make(3, vehicles: 4, rounds: 1).Inputs, one.Inputs);
    }
}
