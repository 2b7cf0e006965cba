using System.Globalization;
using System.Text;

namespace ThreeOneOne.Field.Evaluation.Road;

/// <summary>Writes trained weights as the source file that vehicles are built with.</summary>
internal static class WeightsFile
{
    public const string Path = "edge/Agent/Sensing/Shock/ShockWeights.cs";

    private const int PerLine = 7;

    public static string Text(ShockTraining training, int seed)
    {
        var model = training.Model;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $$"""
            namespace ThreeOneOne.Field.Agent.Sensing.Shock;

            /// <summary>
            /// The weights of "{{model.Version}}", from simulated vehicles only. Written by the command in <see cref="Provenance"/>, never by hand.
            /// Chances are those of six classes that were equally likely beforehand.
            /// </summary>
            internal static class ShockWeights
            {
                /// <summary>How they came to be.</summary>
                public const string Provenance =
                    "bash tests/evaluate.sh train-shock --seed {{seed}} --out {{Path}}; {{training.Vehicles}} simulated vehicles, windows: "
                    + "{{string.Join(", ", training.Windows.OrderBy(w => w.Key).Select(w => $"{w.Key} {w.Value}"))}}";

                /// <summary>Hash of all features that they were fitted to.</summary>
                public const string Inputs = "{{training.Inputs}}";

                public static ShockModel Model { get; } = new(
                    "{{model.Version}}",

            """);
        Array(model.Middles, ",\n");
        Array(model.Spreads, ",\n");
        Array(model.Start, ",\n");
        text.Append("        [\n");
        foreach (var weights in model.Weights) Array(weights, ",\n", "    ");
        text.Append(CultureInfo.InvariantCulture, $"        ],\n        {model.Temperature:0.00});\n}}\n");
        return text.ToString();

        void Array(float[] values, string end, string indent = "")
        {
            text.Append(indent).Append("        [\n");
            foreach (var line in values.Chunk(PerLine))
            {
                text.Append(indent).Append("            ")
                    .AppendJoin(", ", line.Select(v => Rounded(v).ToString("0.0####", CultureInfo.InvariantCulture) + "f")).Append(",\n");
            }

            text.Append(indent).Append("        ]").Append(end);
        }
    }

    /// <summary>As it is written: five decimals, so that the last bits of a machine's arithmetic are no difference.</summary>
    public static float Rounded(float value) => (float)Math.Round(value, 5);
}
