using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using ThreeOneOne.Field.Hub.Tests.Access;
using ThreeOneOne.Field.Support;

namespace ThreeOneOne.Field.Hub.Tests.Web;

/// <summary>What is wrong has a code that stays, so that a page can say it in its reader's language.</summary>
public sealed partial class ProblemCodeTests
{
    /// <summary>Where what a form sends is judged.</summary>
    private static readonly string[] Forms =
    [
        "Tickets/ReviewRequest", "Tickets/EditRequest", "Tickets/DecideRequest", "Tickets/OpenByHand", "Tickets/AddNote", "Tickets/MergeRequests", "Tickets/PublishEntry",
        "Tickets/AddMedia", "WorkOrders/CancelOrder", "WorkOrders/CreateOrder", "WorkOrders/Emergency", "WorkOrders/AssignMany", "WorkOrders/AssignOrder", "WorkOrders/ReviewOrder",
        "WorkOrders/RadioReport", "WorkOrders/RadioWords", "WorkOrders/CityEvents", "Crews/RegisterCrew", "Crews/RadioStatus", "Desks/KeepDesk", "Responsibility/DecideResponsibility",
        "Responsibility/AnswerReferral", "Automation/SetMode", "CitySystem/SettlePush", "Open311/PlaceReport", "Ingest/DayReading", "Districts/CityEdge", "Access/SignIn",
        "Access/ChoosePassword",
    ];

    /// <summary>Members that no form lets a person get wrong: it offers what there is, or fills them in itself.</summary>
    private static readonly string[] FilledIn =
    [
        "clientId", "kind", "decision", "reason", "accuracyM", "pole", "attributes", "limit", "cursor", "state", "members", "area", "answer", "outcome", "party", "items", "id", "request", "undoes",
        "priority", "mode", "lat", "title",
    ];

    [Fact]
    public async Task Problems_carry_their_code_and_what_stands_in_them()
    {
        await using var hub = await RealHub.StartAsync();
        using var client = await hub.WithKeyAsync("city-it");
        var made = await (await client.PostJsonAsync("/api/requests", new { service = "pothole", lat = 42.3654, lon = -71.1106 })).Content.ReadFromJsonAsync<JsonElement>();
        var number = made.GetProperty("number").GetString();

        var note = await ProblemAsync(client, $"/api/requests/{number}/notes", new { text = "" });
        Assert.Equal("length", note.GetProperty("codes").GetProperty("text").GetProperty("code").GetString());
        Assert.Equal("4000", note.GetProperty("codes").GetProperty("text").GetProperty("values").GetProperty("max").GetString());
        Assert.Equal("1 to 4000 characters", note.GetProperty("errors").GetProperty("text")[0].GetString());

        var merge = await ProblemAsync(client, $"/api/requests/{number}/merge", new { into = number });
        Assert.Equal("repeats-itself", merge.GetProperty("code").GetString());

        var gone = await ProblemAsync(client, "/api/requests/SR-0/notes", new { text = "a" });
        Assert.Equal(("request-unknown", "SR-0"), (gone.GetProperty("code").GetString(), gone.GetProperty("values").GetProperty("number").GetString()));

        using var stranger = await hub.WithKeyAsync("read-only");
        var refused = await ProblemAsync(stranger, $"/api/requests/{number}/notes", new { text = "a" });
        Assert.Equal("not-allowed", refused.GetProperty("code").GetString());
    }

    [Fact]
    public void What_is_about_a_field_stands_at_it()
    {
        var problem = new Microsoft.AspNetCore.Mvc.ProblemDetails { Detail = "reason: at most 200 characters" };
        ProblemCode.Name(problem);
        var codes = Assert.IsType<Dictionary<string, ProblemCode>>(problem.Extensions["codes"]);
        Assert.Equal(("too-long", "200"), (codes["reason"].Code, codes["reason"].Values["max"]));
    }

    [Theory]
    [InlineData("at most 1 to 4 characters")]
    [InlineData("anything else")]
    [InlineData("")]
    public void What_nobody_knows_has_no_code(string sentence) => Assert.Null(ProblemCode.Of(sentence));

    [Fact]
    public void No_form_meets_a_sentence_without_a_code()
    {
        var without = new List<string>();
        foreach (var file in Forms)
        {
            foreach (Match said in Said().Matches(File.ReadAllText(Path.Combine(Repository.Root, "hub", file + ".cs"))))
            {
                if (FilledIn.Any(f => said.Groups["field"].Value.Trim('"', '$').StartsWith(f, StringComparison.Ordinal))) continue;
                // Put together from parts: the other test holds these.
                if (said.Groups["text"].Value.EndsWith("{what}", StringComparison.Ordinal)) continue;
                var sentence = Slot().Replace(said.Groups["text"].Value, "7");
                if (ProblemCode.Of(sentence) is null) without.Add($"{file}: {said.Groups["text"].Value}");
            }
        }

        Assert.Empty(without);
    }

    [Fact]
    public void Every_sentence_with_a_code_is_one_that_the_hub_says()
    {
        var source = string.Join('\n', Directory.EnumerateFiles(Path.Combine(Repository.Root, "hub"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains("ProblemSentences", StringComparison.Ordinal) && !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal))
            .Select(File.ReadAllText));
        var unsaid = ProblemSentences.All.Where(s => Slot().Split(s.Says).Select(p => p.Trim(' ', '\'', ':', ',', '(', ')'))
            .Any(part => part.Length > 3 && !source.Contains(part, StringComparison.Ordinal)));
        Assert.Empty(unsaid);
    }

    private static async Task<JsonElement> ProblemAsync(HttpClient client, string path, object body)
    {
        using var answer = await client.PostJsonAsync(path, body);
        Assert.False(answer.IsSuccessStatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    [GeneratedRegex("""(?:errors\[(?<field>[^\]]+)\] = \[|\b(?:Conflict|Invalid)\((?:"\w+", )?)\$?"(?<text>[^"]+)"[\])]""", RegexOptions.ExplicitCapture)]
    private static partial Regex Said();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Slot();
}
