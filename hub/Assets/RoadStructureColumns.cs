namespace ThreeOneOne.Field.Hub.Assets;

/// <summary>How a city's layer of structures names what the hub needs, and what is said of the whole layer.</summary>
public sealed record RoadStructureColumns
{
    public const double MostAccuracyM = 30;

    /// <summary>Words for a member, as options and addresses say it.</summary>
    public static readonly IReadOnlyList<string> Names = ["id", "kind", "accuracy", "lat", "lon", "layer", "is", "accuracy-m"];

    public string Id { get; init; } = "id";

    /// <summary>Column of the kind; not looked at when the whole layer is of one.</summary>
    public string Kind { get; init; } = "kind";

    /// <summary>Column of how far off a place is, metres.</summary>
    public string Accuracy { get; init; } = "accuracy_m";

    public string Latitude { get; init; } = "Latitude";

    public string Longitude { get; init; } = "Longitude";

    /// <summary>The layer's name: ids are unique within it, and a replacement replaces it alone.</summary>
    public string Layer { get; init; } = "structures";

    /// <summary>What all of the layer are; null: a column says it of each.</summary>
    public RoadStructureKind? Is { get; init; }

    /// <summary>How far off the layer's places usually are where no column says it, metres.</summary>
    public double AccuracyM { get; init; } = 3;

    /// <summary>What was said instead of these; a name that is null stays.</summary>
    /// <exception cref="InvalidDataException">A word that cannot be what it stands for; says what can.</exception>
    public static RoadStructureColumns Of(Func<string, string?> said)
    {
        var usual = new RoadStructureColumns();
        var (accuracy, kind) = (said("accuracy-m"), said("is"));
        var accuracyM = accuracy is null ? usual.AccuracyM
            : RoadStructureRows.Accuracy(accuracy) ?? throw new InvalidDataException(FormattableString.Invariant($"accuracy-m is '{accuracy}': write metres from 0 to {MostAccuracyM}"));
        RoadStructureKind? all = kind is null ? null
            : RoadStructureRows.KindOf(kind) ?? throw new InvalidDataException($"is={kind}: write one of {RoadStructureRows.Words}");
        return new RoadStructureColumns
        {
            Id = said("id") ?? usual.Id, Kind = said("kind") ?? usual.Kind, Accuracy = said("accuracy") ?? usual.Accuracy, Latitude = said("lat") ?? usual.Latitude,
            Longitude = said("lon") ?? usual.Longitude, Layer = said("layer") ?? usual.Layer, Is = all, AccuracyM = accuracyM,
        };
    }
}
