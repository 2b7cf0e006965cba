using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Commands;

/// <summary>A command to one vehicle, as the API shows it.</summary>
public sealed record VehicleCommand
{
    public const string Queued = "queued";
    public const string Sent = "sent";
    public const string Done = "done";
    public const string Failed = "failed";
    public const string Expired = "expired";
    public const string Cancelled = "cancelled";

    public required string Id { get; init; }

    public required string Vehicle { get; init; }

    public required string Kind { get; init; }

    public required IReadOnlyDictionary<string, string> Arguments { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Name of whoever gave it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The vehicle doesn't begin it after this.</summary>
    public required DateTimeOffset Expires { get; init; }

    /// <summary>
    /// <c>queued</c>, <c>sent</c> (the broker took it; the vehicle hasn't answered), <c>done</c>, <c>failed</c>, <c>expired</c>:
    /// no answer until it expired, or <c>cancelled</c>. A vehicle that ran it in time and comes back later still settles it.
    /// </summary>
    public required string State { get; init; }

    /// <summary>When it was first sent.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>When the hub learnt what became of it.</summary>
    public DateTimeOffset? SettledAt { get; init; }

    /// <summary>What the vehicle said.</summary>
    public string? Detail { get; init; }

    /// <summary>What the vehicle made; null for nothing.</summary>
    public CommandFile? File { get; init; }

    public Command ToWire() => new() { Id = Id, Kind = Kind, Expires = Expires, Arguments = Arguments.Count == 0 ? null : new(Arguments) };
}
