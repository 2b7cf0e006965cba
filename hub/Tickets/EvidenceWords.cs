using System.Globalization;

namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>
/// What passes say, as a line of a request's history. A light that was seen to burn and then went out has no pass against it: it burned
/// at other times, and a reader must not take that for doubt.
/// </summary>
internal static class EvidenceWords
{
    /// <param name="service">Service code of the request.</param>
    /// <param name="yes">Passes that found the defect.</param>
    /// <param name="no">Passes that did not.</param>
    public static string Of(string service, int yes, int no) => service == ServiceCode.StreetLight
        ? string.Create(CultureInfo.InvariantCulture, $"{Count(yes)} found it dark, {no} saw it burn at other times")
        : string.Create(CultureInfo.InvariantCulture, $"{Count(yes)} for, {no} against");

    private static string Count(int passes) => string.Create(CultureInfo.InvariantCulture, $"{passes} {(passes == 1 ? "pass" : "passes")}");
}
