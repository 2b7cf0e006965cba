using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>SQL of the services whose targets stand still.</summary>
public static class SuspensionStore
{
    /// <summary>The event that makes a service's targets stand still; null when none does.</summary>
    public static string? Cause(WriteScope scope, string service) =>
        scope.QueryFirstOrDefault<string>("SELECT cause FROM suspended_services WHERE service=@service", new { service });

    public static void Suspend(WriteScope scope, string service, string cause, DateTimeOffset from) =>
        scope.Execute(
            "INSERT INTO suspended_services (service, cause, from_ms) VALUES (@service, @cause, @from) ON CONFLICT (service) DO NOTHING",
            new { service, cause, from = from.ToUnixTimeMilliseconds() });

    public static void Resume(WriteScope scope, string service) => scope.Execute("DELETE FROM suspended_services WHERE service=@service", new { service });

    /// <summary>Open requests of a service whose targets still run, in order of number.</summary>
    public static List<Ticket> Running(WriteScope scope, string service, int most) =>
        [.. scope.Query<TicketRow>(
                $"SELECT {TicketStore.Columns} FROM requests r WHERE r.service=@service AND r.status='open' AND r.suspended IS NULL ORDER BY r.opened_ms DESC, r.number DESC LIMIT @most",
                new { service, most })
            .Select(r => r.ToTicket())];

    /// <summary>Requests of a service that stand still, whatever became of them.</summary>
    public static List<Ticket> Standing(WriteScope scope, string service, int most) =>
        [.. scope.Query<TicketRow>(
                $"SELECT {TicketStore.Columns} FROM requests r WHERE r.service=@service AND r.suspended IS NOT NULL ORDER BY r.number LIMIT @most", new { service, most })
            .Select(r => r.ToTicket())];
}
