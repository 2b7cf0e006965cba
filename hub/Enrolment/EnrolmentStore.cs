using System.Data.Common;
using Dapper;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Enrolment;

/// <summary>
/// The tables <c>certificates</c>, <c>revoked_vehicles</c>, <c>enrolment_codes</c>, <c>vehicle_trust</c> and <c>identity_changes</c>: every certificate that a
/// vehicle was ever given, what revocation lists are made from, and how it came to it.
/// </summary>
internal static class EnrolmentStore
{
    /// <summary>Why a certificate is revoked that a newer one of the same vehicle replaced by itself.</summary>
    public const string Renewed = "renewed";

    private const string Columns =
        "serial AS Serial, vehicle AS Vehicle, issued_ms AS IssuedMs, not_after_ms AS NotAfterMs, revoked_ms AS RevokedMs, revoked_why AS RevokedWhy, key_hash AS KeyHash, pem AS Pem";

    private const string CodeColumns = "hash AS Hash, vehicle AS Vehicle, created_ms AS CreatedMs, expires_ms AS ExpiresMs, spent_ms AS SpentMs, serial AS Serial";

    /// <summary>Keeps a certificate that was signed. Whoever has one is barred no more.</summary>
    public static void Add(WriteScope scope, string vehicle, IssuedCertificate certificate, string issuedBy)
    {
        scope.Execute("UPDATE revoked_vehicles SET enrolled_ms=@now WHERE vehicle=@vehicle AND enrolled_ms IS NULL", new { vehicle, now = scope.Now.ToUnixTimeMilliseconds() });
        scope.Execute(
            """
            INSERT INTO certificates (serial, vehicle, issued_ms, not_after_ms, issued_by, key_hash, pem)
            VALUES (@Serial, @vehicle, @now, @end, @issuedBy, @KeyHash, @Pem)
            """,
            new
            {
                certificate.Serial,
                vehicle,
                now = scope.Now.ToUnixTimeMilliseconds(),
                end = certificate.NotAfter.ToUnixTimeMilliseconds(),
                issuedBy,
                certificate.KeyHash,
                certificate.Pem,
            });
    }

    /// <summary>Bars a vehicle until it is given a certificate, also one that never had any.</summary>
    public static void Bar(WriteScope scope, string vehicle) => scope.Execute(
        """
        INSERT INTO revoked_vehicles (vehicle, revoked_ms) VALUES (@vehicle, @now)
        ON CONFLICT (vehicle) DO UPDATE SET revoked_ms=excluded.revoked_ms, enrolled_ms=NULL
        """,
        new { vehicle, now = scope.Now.ToUnixTimeMilliseconds() });

    public static IssuedRow? Find(DbConnection connection, string serial) =>
        connection.QueryFirstOrDefault<IssuedRow>($"SELECT {Columns} FROM certificates WHERE serial=@serial", new { serial });

    public static IssuedRow? Find(WriteScope scope, string serial) =>
        scope.QueryFirstOrDefault<IssuedRow>($"SELECT {Columns} FROM certificates WHERE serial=@serial", new { serial });

    /// <summary>The newest certificate of a vehicle for a key that is not revoked; null when there is none.</summary>
    public static IssuedRow? Newest(WriteScope scope, string vehicle, string keyHash) => scope.QueryFirstOrDefault<IssuedRow>(
        $"SELECT {Columns} FROM certificates WHERE vehicle=@vehicle AND key_hash=@keyHash AND revoked_ms IS NULL ORDER BY issued_ms DESC, serial LIMIT 1", new { vehicle, keyHash });

    /// <summary>Certificates that a vehicle was given since a moment.</summary>
    public static int CountSince(WriteScope scope, string vehicle, DateTimeOffset since) => (int)scope.QueryFirstOrDefault<long>(
        "SELECT COUNT(*) FROM certificates WHERE vehicle=@vehicle AND issued_ms>=@since", new { vehicle, since = since.ToUnixTimeMilliseconds() });

    /// <summary>When each vehicle's last good certificate ends; one that has none good is not in it.</summary>
    public static IReadOnlyDictionary<string, DateTimeOffset> Ends(DbConnection connection) =>
        connection.Query<(string Vehicle, long EndMs)>("SELECT vehicle, MAX(not_after_ms) FROM certificates WHERE revoked_ms IS NULL GROUP BY vehicle")
            .ToDictionary(r => r.Vehicle, r => DateTimeOffset.FromUnixTimeMilliseconds(r.EndMs), StringComparer.Ordinal);

    /// <summary>Vehicles that were revoked, or whose certificates all are: the broker must not know them.</summary>
    public static IReadOnlyList<string> Barred(DbConnection connection) => connection.Query<string>(
        """
        SELECT vehicle FROM certificates GROUP BY vehicle HAVING COUNT(*)=COUNT(revoked_ms)
        UNION SELECT vehicle FROM revoked_vehicles WHERE enrolled_ms IS NULL
        """).AsList();

    /// <summary>Vehicles of which something was ever revoked, with each of their good certificates, the newest first; no PEM when they have none.</summary>
    public static IReadOnlyList<GoodRow> EverRevoked(DbConnection connection) => connection.Query<GoodRow>(
        """
        SELECT v.vehicle AS Vehicle, c.pem AS Pem
        FROM (SELECT vehicle FROM revoked_vehicles UNION SELECT vehicle FROM certificates WHERE revoked_ms IS NOT NULL AND revoked_why<>@Renewed) v
        LEFT JOIN certificates c ON c.vehicle=v.vehicle AND c.revoked_ms IS NULL
        ORDER BY v.vehicle, c.issued_ms DESC, c.serial
        """,
        new { Renewed }).AsList();

    /// <summary>Serial numbers of the revocation list: revoked, and not past their own end.</summary>
    public static IReadOnlyList<string> Revoked(DbConnection connection, DateTimeOffset now) => connection.Query<string>(
        "SELECT serial FROM certificates WHERE revoked_ms IS NOT NULL AND not_after_ms>@now ORDER BY serial", new { now = now.ToUnixTimeMilliseconds() }).AsList();

    /// <summary>Vehicles whose sessions must end because something of theirs was revoked since a moment; a renewal is no reason.</summary>
    /// <returns>When last, Unix milliseconds, by vehicle.</returns>
    public static IReadOnlyDictionary<string, long> EndedSince(DbConnection connection, DateTimeOffset since) => connection.Query<EndedRow>(
        "SELECT vehicle AS Vehicle, revoked_ms AS RevokedMs FROM certificates WHERE revoked_ms>=@since AND revoked_why<>@renewed ORDER BY vehicle, revoked_ms",
        new { since = since.ToUnixTimeMilliseconds(), renewed = Renewed }).GroupBy(r => r.Vehicle, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Max(r => r.RevokedMs), StringComparer.Ordinal);

    /// <summary>Revokes what a vehicle has.</summary>
    /// <param name="scope">The transaction.</param>
    /// <param name="vehicle">Whose.</param>
    /// <param name="why">A word for the list of certificates.</param>
    /// <param name="except">Serial number of the one that stays good; null: none does.</param>
    /// <returns>How many.</returns>
    public static int Revoke(WriteScope scope, string vehicle, string why, string? except = null)
    {
        var count = scope.Execute(
            "UPDATE certificates SET revoked_ms=@now, revoked_why=@why WHERE vehicle=@vehicle AND revoked_ms IS NULL AND serial<>@except",
            new { now = scope.Now.ToUnixTimeMilliseconds(), why, vehicle, except = except ?? "" });
        if (count > 0) Changed(scope);
        return count;
    }

    /// <summary>A certificate has come into use: those before it are worth nothing any more.</summary>
    public static int RevokeOlder(WriteScope scope, string vehicle, string serial)
    {
        var count = scope.Execute(
            """
            UPDATE certificates SET revoked_ms=@now, revoked_why=@Renewed WHERE vehicle=@vehicle AND revoked_ms IS NULL AND serial<>@serial
              AND issued_ms<=(SELECT issued_ms FROM certificates WHERE serial=@serial)
            """,
            new { now = scope.Now.ToUnixTimeMilliseconds(), vehicle, serial, Renewed });
        if (count > 0) Changed(scope);
        return count;
    }

    /// <summary>What the broker must be told has changed.</summary>
    public static void Changed(WriteScope scope) => scope.Execute("UPDATE identity_changes SET number=number+1");

    public static long Changes(DbConnection connection) => connection.QueryFirst<long>("SELECT number FROM identity_changes");

    public static void AddCode(WriteScope scope, string hash, string vehicle, DateTimeOffset expires, string createdBy)
    {
        // One at a time: a newer code takes the place of one that was not used.
        DropCodes(scope, vehicle);
        scope.Execute("DELETE FROM enrolment_codes WHERE expires_ms<@old", new { old = scope.Now.AddDays(-30).ToUnixTimeMilliseconds() });
        scope.Execute(
            "INSERT INTO enrolment_codes (hash, vehicle, created_ms, created_by, expires_ms) VALUES (@hash, @vehicle, @now, @createdBy, @expires)",
            new { hash, vehicle, now = scope.Now.ToUnixTimeMilliseconds(), createdBy, expires = expires.ToUnixTimeMilliseconds() });
    }

    /// <summary>Ends the codes of a vehicle that were not used.</summary>
    public static void DropCodes(WriteScope scope, string vehicle) =>
        scope.Execute("DELETE FROM enrolment_codes WHERE vehicle=@vehicle AND spent_ms IS NULL", new { vehicle });

    public static CodeRow? FindCode(WriteScope scope, string hash) =>
        scope.QueryFirstOrDefault<CodeRow>($"SELECT {CodeColumns} FROM enrolment_codes WHERE hash=@hash", new { hash });

    public static void SpendCode(WriteScope scope, string hash, string serial) => scope.Execute(
        "UPDATE enrolment_codes SET spent_ms=@now, serial=@serial WHERE hash=@hash", new { now = scope.Now.ToUnixTimeMilliseconds(), serial, hash });

    public static void KeepTrust(WriteScope scope, string vehicle, string authorities, string serial) => scope.Execute(
        """
        INSERT INTO vehicle_trust (vehicle, authorities, serial, seen_ms) VALUES (@vehicle, @authorities, @serial, @now)
        ON CONFLICT (vehicle) DO UPDATE SET authorities=excluded.authorities, serial=excluded.serial, seen_ms=excluded.seen_ms
        """,
        new { vehicle, authorities, serial, now = scope.Now.ToUnixTimeMilliseconds() });

    /// <summary>Every vehicle that has a certificate which is not revoked, with its newest one and what it said it trusts.</summary>
    public static IReadOnlyList<TrustRow> Trust(DbConnection connection) => connection.Query<TrustRow>(
        """
        SELECT c.vehicle AS Vehicle, c.serial AS Serial, c.pem AS Pem, c.not_after_ms AS NotAfterMs, t.authorities AS Authorities, t.seen_ms AS SeenMs, t.serial AS SeenSerial
        FROM certificates c LEFT JOIN vehicle_trust t ON t.vehicle=c.vehicle
        WHERE c.revoked_ms IS NULL AND NOT EXISTS (
          SELECT 1 FROM certificates n WHERE n.vehicle=c.vehicle AND n.revoked_ms IS NULL AND (n.issued_ms>c.issued_ms OR (n.issued_ms=c.issued_ms AND n.serial>c.serial)))
        ORDER BY c.vehicle
        """).AsList();
}
