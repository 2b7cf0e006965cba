using System.ComponentModel.DataAnnotations;

namespace ThreeOneOne.Field.Hub.Sites;

/// <summary>How observations become sites. Beliefs are log-odds: 0 is even, 1.5 is 82 %, 3 is 95 %.</summary>
public sealed class SitesOptions : IValidatableObject
{
    public const string Section = "Sites";

    /// <summary>Belief before any evidence, log-odds.</summary>
    [Range(-5.0, 0.0)]
    public double Prior { get; set; } = -1;

    /// <summary>A site is supported from this belief on, log-odds.</summary>
    [Range(0.0, 10.0)]
    public double SupportAt { get; set; } = 1.5;

    /// <summary>A supported site stays so until its belief falls below this, log-odds; below <see cref="SupportAt"/>.</summary>
    [Range(-5.0, 10.0)]
    public double WithdrawBelow { get; set; }

    /// <summary>Passes that must speak for a site before it is supported; a repeat counts <see cref="RepeatShare"/> of one.</summary>
    [Range(1, 20)]
    public int Passes { get; set; } = 2;

    /// <summary>
    /// Vehicles that must have felt a pothole before it is supported: what is wrong with one vehicle, its mounting or its driver's habit at a
    /// place is wrong there every day. 2 asks for a second witness, and finds less where a street is driven by one vehicle alone.
    /// </summary>
    [Range(1, 20)]
    public int FindingVehicles { get; set; } = 1;

    /// <summary>
    /// How much higher the belief must be while a single vehicle has felt a pothole, log-odds: its passes share their errors, on other days too.
    /// 0 takes one vehicle's passes for as many witnesses.
    /// </summary>
    [Range(0.0, 10.0)]
    public double LoneVehicleMore { get; set; } = 2;

    /// <summary>
    /// What a pass counts when the same vehicle has said the same here within <see cref="RepeatHours"/>: its receiver's offset
    /// and its sensor's mounting are in both. 1 takes repeats for independent.
    /// </summary>
    [Range(0.05, 1.0)]
    public double RepeatShare { get; set; } = 0.5;

    /// <summary>From the vehicle's last pass that counted in full; hours. Half a day, so that the next day or night is another look.</summary>
    [Range(0.1, 720.0)]
    public double RepeatHours { get; set; } = 12;

    /// <summary>From this belief on <see cref="Passes"/> passes suffice though they repeat each other, log-odds; at least <see cref="SupportAt"/>.</summary>
    [Range(0.0, 10.0)]
    public double DecisiveAt { get; set; } = 2.5;

    /// <summary>One vehicle has one vote within this time of the first observation of a pass, minutes.</summary>
    [Range(0.1, 1_440.0)]
    public double PassMinutes { get; set; } = 10;

    /// <summary>Evidence about a street light counts half after this, days.</summary>
    [Range(0.1, 3_650.0)]
    public double LampHalfLifeDays { get; set; } = 14;

    /// <summary>
    /// Passes that saw a light burn add up to no more than this, log-odds: it may have gone out since the last of them, however
    /// many they were.
    /// </summary>
    [Range(0.0, 10.0)]
    public double LampMostLit { get; set; } = 1;

    /// <summary>Passes that found it out add up to no more than this, log-odds, so that a few that see it burn end the case.</summary>
    [Range(1.0, 20.0)]
    public double LampMostOut { get; set; } = 6;

    /// <summary>
    /// So many passes must have seen a light burn, ever, before dark passes alone carry a request; until then it is listed for
    /// people to look at once. 0: none, where every pole is known to light the street.
    /// </summary>
    [Range(0, 20)]
    public int LampBurnedPasses { get; set; } = 2;

    /// <summary>Evidence about a pothole counts half after this, days.</summary>
    [Range(0.1, 3_650.0)]
    public double PotholeHalfLifeDays { get; set; } = 30;

    /// <summary>Evidence this much older than the newest at its site isn't looked at, days.</summary>
    [Range(1.0, 3_650.0)]
    public double HorizonDays { get; set; } = 180;

    /// <summary>An observation of a pole that the inventory doesn't know, or has elsewhere, goes to the nearest pole within this, metres.</summary>
    [Range(0.0, 50.0)]
    public double PoleMatchM { get; set; } = 10;

    /// <summary>
    /// Newest observations of one place that are looked at: of a street light, of the shocks in a cell of 14 m, of the smooth
    /// stretches in one of 54 m. Bounds what one more observation costs, however long the history.
    /// </summary>
    [Range(16, 2_000)]
    public int MostEvidence { get; set; } = 64;

    /// <summary>Shocks within this of the strongest place around are of one pothole, metres; above a receiver's usual error.</summary>
    [Range(4.0, 50.0)]
    public double JoinM { get; set; } = 12;

    /// <summary>A casting, joint or hump speaks against a pothole whose centre lies within this, metres.</summary>
    [Range(1.0, 50.0)]
    public double OtherKindM { get; set; } = 10;

    /// <summary>A stretch that was driven speaks about potholes within this of its line, metres.</summary>
    [Range(1.0, 20.0)]
    public double PassM { get; set; } = 5;

    /// <summary>What crews found speaks about potholes within this of the order's place, metres; what joins a request should lie within it.</summary>
    [Range(1.0, 100.0)]
    public double MarkM { get; set; } = 15;

    /// <summary>
    /// Weight of driving over a pothole without a shock, log-odds, before it is known how often passes miss it: the share of
    /// passes that miss a hole is e to the minus this.
    /// </summary>
    [Range(0.0, 5.0)]
    public double SmoothPassWeight { get; set; } = 0.4;

    /// <summary>Slower passes without a shock say less, with the square of their speed, m/s.</summary>
    [Range(1.0, 30.0)]
    public double TellingMps { get; set; } = 7;

    /// <summary>Passes without a shock whose fixes have a higher HDOP say less, with its inverse.</summary>
    [Range(0.5, 50.0)]
    public double TellingHdop { get; set; } = 1.5;

    /// <summary>Share of its weight with which a stretch speaks against a pothole when shocks were felt on it, elsewhere.</summary>
    [Range(0.0, 1.0)]
    public double ShockedStretchShare { get; set; } = 0.5;

    /// <summary>Most that passes without a pothole speak against one, log-odds: holes come at any time, and the newest passes show it.</summary>
    [Range(0.0, 20.0)]
    public double MostAgainst { get; set; } = 0.5;

    /// <summary>A place is held to have a structure (a casting, joint or hump) from these log-odds on, against a pothole.</summary>
    [Range(0.5, 20.0)]
    public double StructureAt { get; set; } = 3;

    /// <summary>And when so many passes have named one.</summary>
    [Range(1, 100)]
    public int StructurePasses { get; set; } = 3;

    /// <summary>Share of its weight with which a pass still speaks for a pothole where a structure is known.</summary>
    [Range(0.0, 1.0)]
    public double StructureLeaves { get; set; } = 0.3;

    /// <summary>How far off the middle of a place's shocks usually is, metres; beside the accuracy of the layer of structures.</summary>
    [Range(0.5, 20.0)]
    public double ShockPlaceM { get; set; } = 3;

    /// <summary>How much the belief begins lower on a structure of the city's map, log-odds.</summary>
    [Range(0.0, 10.0)]
    public double StructurePrior { get; set; } = 2.5;

    /// <summary>How much it begins higher where the city's map is known, log-odds: what the map has is not elsewhere.</summary>
    [Range(0.0, 5.0)]
    public double MappedPrior { get; set; } = 0.4;

    /// <summary>Share of a city's castings and humps that its map doesn't have where they are.</summary>
    [Range(0.01, 1.0)]
    public double UnmappedShare { get; set; } = 0.05;

    /// <summary>A place is shown as explained by a structure that lies on it this well, 0 to 1.</summary>
    [Range(0.01, 1.0)]
    public double ExplainedFrom { get; set; } = 0.3;

    /// <summary>A person's open request for a pothole speaks for one within this, metres: people point at the house, not at the lane.</summary>
    [Range(0.0, 100.0)]
    public double ReportedM { get; set; } = 25;

    /// <summary>How much the belief begins higher near a person's open request, log-odds.</summary>
    [Range(0.0, 5.0)]
    public double ReportedPrior { get; set; } = 1.5;

    /// <summary>What is felt within this of works on the road of which only a place is known, while they last, says nothing, metres.</summary>
    [Range(0.0, 500.0)]
    public double WorksM { get; set; } = 50;

    /// <summary>And within this of works that were drawn: the width of a road, and what a place may be off, metres.</summary>
    [Range(0.0, 100.0)]
    public double DrawnWorksM { get; set; } = 20;

    /// <summary>
    /// How much more a shock that may be a pothole speaks for one when it is e times as strong as <see cref="UsualStrength"/>, log-odds; a
    /// weaker one speaks less. 0: strength says nothing.
    /// </summary>
    [Range(0.0, 5.0)]
    public double StrengthWeight { get; set; } = 1.5;

    /// <summary>Strength that says nothing: a shock's peak over the root of the speed, m/s² over √(m/s).</summary>
    [Range(0.1, 20.0)]
    public double UsualStrength { get; set; } = 1.5;

    /// <summary>Share of its weight with which a shock of unknown kind speaks for a pothole.</summary>
    [Range(0.0, 1.0)]
    public double UnknownShockShare { get; set; } = 0.4;

    /// <summary>Share of its weight with which a casting, joint or hump speaks against a pothole in its place.</summary>
    [Range(0.0, 1.0)]
    public double OtherKindShare { get; set; } = 0.2;

    /// <summary>How much a crew that found nothing lowers the belief that later passes start from, log-odds.</summary>
    [Range(0.0, 5.0)]
    public double NotFoundWeight { get; set; } = 1.5;

    /// <summary>Passes in a row without the defect, at the least, before the place counts as changed (repaired, or lit again).</summary>
    [Range(2, 100)]
    public int ChangePasses { get; set; } = 3;

    /// <summary>Vehicles that those passes need, at the least.</summary>
    [Range(1, 20)]
    public int ChangeVehicles { get; set; } = 2;

    /// <summary>The place counts as changed when so many passes would miss the defect by chance at most this often, given how often passes found it before.</summary>
    [Range(0.0001, 0.5)]
    public double ChangeChance { get; set; } = 0.05;

    /// <summary>
    /// Passes over a repaired pothole say nothing for this long, hours: patches are rough and loose at first. After it they
    /// confirm the repair or make a new case.
    /// </summary>
    [Range(0.0, 720.0)]
    public double PotholeSettleHours { get; set; } = 24;

    /// <summary>Passes under a repaired street light say nothing for this long, hours: the next night is the first look.</summary>
    [Range(0.0, 720.0)]
    public double LampSettleHours { get; set; } = 12;

    /// <summary>How long a repair at a kind of site settles, milliseconds.</summary>
    public long SettleMs(string kind) => (long)((kind == SiteKind.Lamp ? LampSettleHours : PotholeSettleHours) * 3_600_000);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (WithdrawBelow >= SupportAt)
            yield return new ValidationResult("a value below SupportAt", [nameof(WithdrawBelow)]);
        if (DecisiveAt < SupportAt)
            yield return new ValidationResult("at least SupportAt", [nameof(DecisiveAt)]);
    }
}
