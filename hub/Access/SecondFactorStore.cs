using System.Data.Common;
using Dapper;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Access;

/// <summary>SQL of second factors and recovery codes.</summary>
internal static class SecondFactorStore
{
    public static Row? Find(DbConnection connection, string person) => connection.QueryFirstOrDefault<Row>(
        "SELECT secret AS Secret, last_step AS LastStep, confirmed_ms AS ConfirmedMs FROM second_factors WHERE person=@person", new { person });

    public static void Begin(WriteScope scope, string person, string secret)
    {
        Remove(scope, person);
        scope.Execute("INSERT INTO second_factors (person, secret, last_step) VALUES (@person, @secret, 0)", new { person, secret });
    }

    public static void Confirm(WriteScope scope, string person, long step, IEnumerable<string> recoveryHashes)
    {
        scope.Execute(
            "UPDATE second_factors SET last_step=@step, confirmed_ms=@now WHERE person=@person", new { person, step, now = scope.Now.ToUnixTimeMilliseconds() });
        foreach (var hash in recoveryHashes) scope.Execute("INSERT INTO recovery_codes (code_hash, person) VALUES (@hash, @person)", new { hash, person });
    }

    public static void SetStep(WriteScope scope, string person, long step) =>
        scope.Execute("UPDATE second_factors SET last_step=@step WHERE person=@person", new { person, step });

    /// <returns>False when there is no such code, or no longer.</returns>
    public static bool UseRecovery(WriteScope scope, string person, string hash) =>
        scope.Execute("DELETE FROM recovery_codes WHERE code_hash=@hash AND person=@person", new { person, hash }) == 1;

    public static int RecoveryLeft(DbConnection connection, string person) =>
        connection.ExecuteScalar<int>("SELECT COUNT(*) FROM recovery_codes WHERE person=@person", new { person });

    public static void Remove(WriteScope scope, string person)
    {
        scope.Execute("DELETE FROM recovery_codes WHERE person=@person", new { person });
        scope.Execute("DELETE FROM second_factors WHERE person=@person", new { person });
    }

    /// <param name="Secret">20 bytes in hex.</param>
    /// <param name="LastStep">Step of the newest code that was taken.</param>
    /// <param name="ConfirmedMs">Null until its first code was typed.</param>
    public sealed record Row(string Secret, long LastStep, long? ConfirmedMs);
}
