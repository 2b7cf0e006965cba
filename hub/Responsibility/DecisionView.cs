using System.Data.Common;

namespace ThreeOneOne.Field.Hub.Responsibility;

/// <summary>A decision with the names of parties and all that was asked of them.</summary>
public sealed record DecisionView(
    string Request, string Outcome, string? Party, string? PartyName, string Because, string DecidedBy, bool ByRule, DateTimeOffset DecidedAt, IReadOnlyList<Referral> Referrals)
{
    public static DecisionView Of(DbConnection connection, ResponsibilityRules rules, Decision d) => new(
        d.Request, d.Outcome, d.Party, rules.Find(d.Party)?.Name, d.Because, d.DecidedBy, d.ByRule, d.DecidedAt, ResponsibilityStore.Referrals(connection, null, d.Request));
}
