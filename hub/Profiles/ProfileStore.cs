using System.Data.Common;
using Dapper;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Profiles;

/// <summary>SQL of PINs and of the profile.</summary>
public static class ProfileStore
{
    public static Dictionary<string, PinHash> Pins(DbConnection connection, DbTransaction? transaction) =>
        connection.Query<(string Member, string Salt, long Rounds, string Hash)>("SELECT member, salt, rounds, hash FROM member_pins", transaction: transaction)
            .ToDictionary(p => p.Member, p => new PinHash(p.Salt, (int)p.Rounds, p.Hash), StringComparer.Ordinal);

    public static void SetPin(WriteScope scope, string member, PinHash pin) =>
        scope.Execute(
            """
            INSERT INTO member_pins (member, salt, rounds, hash) VALUES (@member, @Salt, @Rounds, @Hash)
            ON CONFLICT (member) DO UPDATE SET salt=excluded.salt, rounds=excluded.rounds, hash=excluded.hash
            """, new { member, pin.Salt, pin.Rounds, pin.Hash });

    /// <returns>False when there was none.</returns>
    public static bool DropPin(WriteScope scope, string member) => scope.Execute("DELETE FROM member_pins WHERE member=@member", new { member }) == 1;

    public static (long Version, string Content)? Held(DbConnection connection, DbTransaction? transaction = null) =>
        connection.Query<(long, string)>("SELECT version, content FROM vehicle_profile WHERE id=1", transaction: transaction)
            .Select(row => ((long, string)?)row).FirstOrDefault();

    /// <summary>Keeps new content under a higher version; Unix milliseconds, so that no vehicle ever holds a later one.</summary>
    public static void Save(WriteScope scope, string content) =>
        scope.Execute(
            """
            INSERT INTO vehicle_profile (id, version, content) VALUES (1, @now, @content)
            ON CONFLICT (id) DO UPDATE SET version=CASE WHEN excluded.version>vehicle_profile.version THEN excluded.version ELSE vehicle_profile.version+1 END, content=excluded.content
            """, new { now = scope.Now.ToUnixTimeMilliseconds(), content });
}
